using System.Text.Json;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <summary>Who visited the website: in the last so many days, and only pages whose address contains a text, if one is given.</summary>
public sealed record RetargetingRule(int Days = 30, string? UrlContains = null);

/// <summary>People like those of another audience: so many per cent of a country.</summary>
public sealed record LookalikeRule(string Country, int Percent = 1);

/// <summary>An audience as its author writes it. Of the last three, the one that the type asks for.</summary>
public sealed record AudienceInput
{
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public AudienceType Type { get; init; }

    /// <summary>The caller's own id; null for none.</summary>
    public string? ExternalKey { get; init; }

    /// <summary>For a lookalike the ad audience to resemble, by our id or the caller's; for a customer list the CRM audience it came from.</summary>
    public string? SourceAudienceId { get; init; }
    public RetargetingRule? Retargeting { get; init; }
    public LookalikeRule? Lookalike { get; init; }
    public AudienceSpec? Targeting { get; init; }

    /// <summary>Every wrong field, or null; and the source as it is stored.</summary>
    /// <param name="ownId">Of the audience that is changed; null for a new one.</param>
    internal async Task<(InvalidError? Problems, string? Source)> CheckAsync(StudioDb db, Guid workspaceId, Guid? ownId, CancellationToken ct)
    {
        List<FieldProblem> wrong = [];
        Check(Name.Trim().Length == 0, "name", "Give the audience a name.");
        Check(Type == AudienceType.Existing && ownId is null, "type", "An audience that stands on a platform is taken over from there; it can't be made here.");
        Check(Name.Length > 256, "name", "A name has at most 256 characters.");
        Check(Description.Length > 2000, "description", "A description has at most 2,000 characters.");
        Check(ExternalKey is { Length: 0 or > 128 }, "id", "An id has 1 to 128 characters.");
        Check(SourceAudienceId is { Length: > 128 }, "sourceAudienceId", "An id has at most 128 characters.");

        var source = string.IsNullOrWhiteSpace(SourceAudienceId) ? null : SourceAudienceId.Trim();
        switch (Type)
        {
            case AudienceType.Retargeting:
                Check(Retargeting is { Days: < 1 or > 180 }, "retargeting.days", "Choose 1 to 180 days.");
                Check(Retargeting?.UrlContains is { Length: > 500 }, "retargeting.urlContains", "At most 500 characters.");
                break;
            case AudienceType.Lookalike:
                Check(Lookalike is null || Countries.Find(Lookalike.Country) is null, "lookalike.country", "Choose the country in which to look for people.");
                Check(Lookalike is { Percent: < 1 or > 10 }, "lookalike.percent", "Choose 1 to 10 per cent.");
                var found = source is null ? null : await FindSourceAsync(db, workspaceId, source, ct);
                Check(found is null || found == ownId, "sourceAudienceId", "Choose the audience that the new people should resemble.");
                source = found?.ToString();
                break;
            case AudienceType.Saved:
                Check(Targeting is null, "targeting", "Say whom the ads are for.");
                Check(Targeting is { } t && (t.AgeMin < 13 || t.AgeMax > 65 || t.AgeMin > t.AgeMax), "targeting.ageMin", "Ages run from 13 to 65, and the first is not above the last.");
                Check(Targeting?.Places.Any(p => Countries.Find(p.Country) is null) == true, "targeting.places", "One of the places has no country that we know.");
                break;
        }
        return (wrong.Count == 0 ? null : new InvalidError(wrong), source);

        void Check(bool isWrong, string field, string message)
        {
            if (isWrong) wrong.Add(new(field, message));
        }
    }

    private static async Task<Guid?> FindSourceAsync(StudioDb db, Guid workspaceId, string source, CancellationToken ct)
    {
        var id = PublicId.TryParse("aud", source, out var parsed) ? parsed : Guid.Empty;
        var found = await db.AdAudiences.Where(a => a.WorkspaceId == workspaceId && a.Type != AudienceType.Saved && a.Type != AudienceType.Lookalike && (a.Id == id || a.ExternalKey == source)).Select(a => a.Id).FirstOrDefaultAsync(ct);
        return found == Guid.Empty ? null : found;
    }

    internal void WriteTo(AdAudience audience, string? source)
    {
        audience.Name = Name.Trim();
        audience.Description = Description.Trim();
        audience.Type = Type;
        audience.ExternalKey = ExternalKey;
        audience.SourceAudienceId = source;
        audience.Definition = Type switch
        {
            AudienceType.Retargeting => Json((Retargeting ?? new()) with { UrlContains = string.IsNullOrWhiteSpace(Retargeting?.UrlContains) ? null : Retargeting.UrlContains.Trim() }),
            AudienceType.Lookalike => Json(Lookalike! with { Country = Lookalike.Country.ToUpperInvariant() }),
            AudienceType.Saved => Json(Targeting!),
            _ => audience.Definition,
        };
    }

    private static string Json<T>(T definition) => JsonSerializer.Serialize(definition, StudioJson.Options);
}
