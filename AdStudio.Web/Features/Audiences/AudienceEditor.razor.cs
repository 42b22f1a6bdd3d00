using AdStudio.Core.Audiences;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Audiences;

/// <summary>The fields of an audience, by its kind.</summary>
public sealed partial class AudienceEditor
{
    private static readonly RenderFragment CountryOptions = builder =>
    {
        foreach (var one in Countries.All)
        {
            builder.OpenElement(0, "option");
            builder.AddAttribute(1, "value", one.Code);
            builder.AddContent(2, one.Name);
            builder.CloseElement();
        }
    };

    private readonly List<TargetPlace> places = [];
    private AudienceType type = AudienceType.CustomerMatch;
    private string name = "", description = "", source = "", country = "", genders = "all", adding = "";
    private string? urlContains;
    private int days = 30, percent = 1, ageMin = 18, ageMax = 65;

    [Parameter, EditorRequired] public Guid WorkspaceId { get; set; }

    /// <summary>The audience to change; null makes a new one. Give the component a key of its own for each.</summary>
    [Parameter] public AudienceRow? Audience { get; set; }

    /// <summary>What a lookalike can resemble.</summary>
    [Parameter] public IReadOnlyList<AudienceRow> Sources { get; set; } = [];
    [Parameter] public EventCallback<AudienceRow> OnSaved { get; set; }
    [Parameter] public EventCallback OnCancel { get; set; }

    [Inject] private CreateAudience Create { get; set; } = null!;
    [Inject] private UpdateAudience Update { get; set; } = null!;

    protected override void OnInitialized()
    {
        if (Audience is not { } row) return;
        (type, name, description, source) = (row.Type, row.Name, row.Description, row.SourceAudienceId ?? "");
        if (row.Retargeting is { } rule) (days, urlContains) = (rule.Days, rule.UrlContains);
        if (row.Lookalike is { } alike) (country, percent) = (alike.Country, alike.Percent);
        if (row.Targeting is { } spec)
        {
            places.AddRange(spec.Places);
            (ageMin, ageMax, genders) = (spec.AgeMin, spec.AgeMax, spec.Genders.Count == 1 ? (spec.Genders[0] == Gender.Women ? "women" : "men") : "all");
        }
    }

    private async Task AddPlaceAsync()
    {
        if (Countries.Find(adding) is { } chosen && !places.Exists(p => p.Kind == PlaceKind.Country && p.Country == chosen.Code))
            places.Add(new TargetPlace { Kind = PlaceKind.Country, Name = chosen.Name, Country = chosen.Code });

        // Rendered once as chosen, so that putting it back to "Add a country" is a change that the browser is told of.
        await Task.Yield();
        adding = "";
    }

    private AudienceInput Input => new()
    {
        Name = name,
        Description = description,
        Type = type,
        ExternalKey = Audience?.ExternalKey,
        SourceAudienceId = type is AudienceType.Lookalike ? source : Audience?.SourceAudienceId,
        Retargeting = type == AudienceType.Retargeting ? new(days, urlContains) : null,
        Lookalike = type == AudienceType.Lookalike ? new(country, percent) : null,
        Targeting = type == AudienceType.Saved
            ? (Audience?.Targeting ?? new()) with { Places = [.. places], AgeMin = ageMin, AgeMax = ageMax, Genders = genders switch { "women" => [Gender.Women], "men" => [Gender.Men], _ => [] } }
            : null,
    };

    private Task SaveAsync() => RunAsync(async ct =>
    {
        if (Audience is null)
        {
            if (Take(await Create.RunAsync(Actor, WorkspaceId, Input, null, ct), out var made)) await OnSaved.InvokeAsync(made.Audience);
        }
        else if (Take(await Update.RunAsync(Actor, Audience.Id, Input, Audience.Version, ct), out var changed)) await OnSaved.InvokeAsync(changed);
    });
}
