using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Audiences;

/// <summary>All that carrying out an audience's deed later needs.</summary>
internal sealed record AudienceIntent(Guid AudienceId)
{
    public IReadOnlyList<AccountChoice> Accounts { get; init; } = [];
    public Guid? PlacementId { get; init; }
}

/// <summary>What is done to audiences on platforms, as verdicts and approvals name it.</summary>
internal static class AudienceDeed
{
    public const string Placing = "place audience", Retrying = "retry audience", TakingOff = "take audience off", Deleting = "delete audience";

    /// <summary>Members of a customer list are people: nobody is kept from taking their data back.</summary>
    private const string DataIsTakenBack = "taking people's data back is always allowed";

    public static Deed Place(AdAudience audience, IReadOnlyList<AdAccount> accounts, IReadOnlyList<AccountChoice> choices) =>
        Of(audience, Placing, $"Put the audience “{audience.Name}” on {string.Join(", ", accounts.Select(a => a.Name))}", accounts.Select(a => a.Id), new(audience.Id) { Accounts = [.. choices.Where(c => accounts.Any(a => a.Id == c.AdAccountId))] },
            [.. accounts.Select(a => new PlanPlatform(a.Platform, a.Name, [new($"Make the audience on {a.Name} and keep it in step", Fields(audience))], []))]);

    public static Deed Retry(AdAudience audience, PlatformAudience place) => Of(audience, Retrying, $"Put “{place.Name}” on its account again", [place.AdAccountId], new(audience.Id) { PlacementId = place.Id },
        [new(place.Platform, null, [new($"Go on with “{place.Name}”", Fields(audience))], [])]);

    public static Deed TakeOff(AdAudience audience, PlatformAudience place) => Of(audience, TakingOff, $"Delete “{place.Name}” on its account", [place.AdAccountId], new(audience.Id) { PlacementId = place.Id },
        [new(place.Platform, null, [new($"Delete “{place.Name}” there", [])], [])]) with { AlwaysBecause = HasPeople(audience) };

    public static Deed Delete(AdAudience audience, IReadOnlyList<PlatformAudience> places) =>
        Of(audience, Deleting, $"Delete the audience “{audience.Name}” here and on {(places.Count == 1 ? "its ad account" : $"{places.Count} ad accounts")}", places.Select(p => p.AdAccountId), new(audience.Id),
            [.. places.Select(p => new PlanPlatform(p.Platform, null, [new($"Delete “{p.Name}” there", [])], []))]) with { AlwaysBecause = HasPeople(audience), Supersedes = [Placing, Retrying, TakingOff, Deleting] };

    private static Deed Of(AdAudience audience, string verb, string title, IEnumerable<Guid> accounts, AudienceIntent intent, IReadOnlyList<PlanPlatform> platforms) => new()
    {
        Verb = verb, Title = title, Axes = [AuthorityAxis.Structural], Subject = "Audience", SubjectId = audience.Id, SubjectName = audience.Name, WorkspaceId = audience.WorkspaceId, Accounts = [.. accounts], Intent = intent,
        Plan = _ => Task.FromResult(new ApprovalPlan { Platforms = platforms }),
    };

    private static List<PlanField> Fields(AdAudience audience)
    {
        List<PlanField> fields = [new("name", audience.Name), new("type", audience.Type.ToString())];
        if (audience.Type == AudienceType.CustomerMatch) fields.Add(new("members", "hashed e-mail addresses and phone numbers of those on the list, and every change of it from then on"));
        if (audience.Definition is { } definition) fields.Add(new("definition", definition));
        return fields;
    }

    private static string? HasPeople(AdAudience audience) => audience.Type == AudienceType.CustomerMatch ? DataIsTakenBack : null;
}

/// <summary>Carries out what was accepted of an audience.</summary>
internal sealed class AudienceCarrier(PlaceAudience place, RetryPlacement retry, TakeOffAccount takeOff, DeleteAudience delete) : ICarriesOut
{
    public IReadOnlyCollection<string> Verbs { get; } = [AudienceDeed.Placing, AudienceDeed.Retrying, AudienceDeed.TakingOff, AudienceDeed.Deleting];

    public async Task<Result<Done>> CarryOutAsync(Actor actor, string verb, string intent, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<AudienceIntent>(intent, StudioJson.Options)!;
        var refusal = verb switch
        {
            AudienceDeed.Placing => (await place.RunAsync(actor, asked.AudienceId, asked.Accounts, ct)).Refusal,
            AudienceDeed.Retrying => (await retry.RunAsync(actor, asked.PlacementId!.Value, ct)).Refusal,
            AudienceDeed.TakingOff => (await takeOff.RunAsync(actor, asked.PlacementId!.Value, ct)).Refusal,
            _ => (await delete.RunAsync(actor, asked.AudienceId, true, ct)).Refusal,
        };
        return refusal is null ? Done.Value : refusal;
    }
}
