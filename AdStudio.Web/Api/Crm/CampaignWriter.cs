using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

/// <summary>Makes a program's words into a spec: finds the workspace, the accounts that pay, and what is named by the caller's own ids.</summary>
internal sealed class CampaignWriter(ListWorkspaces workspaces, ListAdAccounts adAccounts, FindCreativesByKeys findCreatives, FindAudiencesByKeys findAudiences)
{
    /// <summary>The workspace that was named, or the first one the actor sees.</summary>
    public async Task<Guid?> WorkspaceAsync(Actor actor, Guid? named, Given body, CancellationToken ct)
    {
        var seen = await workspaces.RunAsync(actor, ct);
        var workspace = named is { } id ? seen.FirstOrDefault(w => w.Id == id) : seen.MinBy(w => w.Number);
        if (workspace is null) body.Wrong("workspaceId", named is null ? "There is no workspace that you may see. Ask an admin to add you to a team." : "There is no such workspace.");
        return workspace?.Id;
    }

    /// <summary>The spec with what was given written into <paramref name="before"/>; names what does not exist among the body's problems.</summary>
    public async Task<(CampaignSpec Spec, IReadOnlyList<string> Notes)> WriteAsync(Actor actor, Guid workspaceId, CampaignSpec before, CampaignInput input, Given body, CancellationToken ct)
    {
        List<string> notes = [];
        var budget = input.Budget ?? before.Budget;
        var spec = before with
        {
            Objective = input.Objective ?? before.Objective,
            Budget = budget,
            Schedule = input.Schedule ?? before.Schedule,
            Audience = input.Targeting ?? before.Audience,
            SpecialAdCategories = input.SpecialAdCategories ?? before.SpecialAdCategories,
            SpecialAdCountries = input.SpecialAdCountries ?? before.SpecialAdCountries,
        };
        if (input.Platforms is not null || input.Accounts.Count > 0) spec = spec with { Platforms = await PlatformsAsync(actor, workspaceId, before, input, budget.Currency, body, notes, ct) };
        if (input.CreativeIds is { } creatives) spec = spec with { CreativeIds = await FoundAsync("creativeIds", creatives, keys => findCreatives.RunAsync(actor, workspaceId, keys, ct), body) };
        if (input.AudienceIds is { } audiences) spec = spec with { AudienceIds = await FoundAsync("audienceIds", audiences, keys => findAudiences.RunAsync(actor, workspaceId, keys, ct), body) };
        return (spec, notes);
    }

    private static async Task<IReadOnlyList<Guid>> FoundAsync(string name, IReadOnlyList<string> keys, Func<IReadOnlyList<string>, Task<Result<FoundByKeys>>> find, Given body)
    {
        if (keys.Count == 0) return [];
        if (!(await find(keys)).TryGet(out var found, out var refusal))
        {
            body.Wrong(name, refusal.Message);
            return [];
        }
        var what = name == "creativeIds" ? "creative" : "audience";
        foreach (var (index, key) in keys.Index())
            if (found.Missing.Contains(key)) body.Wrong($"{name}[{index}]", $"There is no {what} “{key}” in this workspace.");
        return found.Ids;
    }

    private async Task<IReadOnlyList<PlatformChoice>> PlatformsAsync(
        Actor actor, Guid workspaceId, CampaignSpec before, CampaignInput input, string? currency, Given body, List<string> notes, CancellationToken ct)
    {
        if (!(await adAccounts.RunAsync(actor, new ConnectionFilter(workspaceId), ct)).TryGet(out var all, out var refusal))
        {
            body.Wrong("accounts", refusal.Message);
            return before.Platforms;
        }
        var platforms = input.Platforms ?? [.. before.Platforms.Select(p => p.Platform)];
        foreach (var stranger in input.Accounts.Keys.Except(platforms)) body.Wrong($"accounts.{stranger.CrmWire()}", $"{stranger.CrmWire()} is not among the campaign's platforms.");

        List<PlatformChoice> choices = [];
        foreach (var platform in platforms)
        {
            var choice = before.Platforms.FirstOrDefault(p => p.Platform == platform) ?? new PlatformChoice { Platform = platform };
            if (input.Accounts.TryGetValue(platform, out var named)) choice = choice with { AdAccountId = Named(all, platform, named, body) };
            else if (choice.AdAccountId is null) choice = choice with { AdAccountId = Chosen([.. all.Where(a => a.Platform == platform)], platform, currency, notes) };
            choices.Add(choice);
        }
        return choices;
    }

    private static Guid? Named(IReadOnlyList<AdAccountRow> all, Platform platform, string named, Given body)
    {
        var account = all.FirstOrDefault(a => a.Platform == platform && (a.ExternalId == named || a.ExternalId == $"act_{named}" || (PublicId.TryParse("acc", named, out var id) && a.Id == id)));
        if (account is null) body.Wrong($"accounts.{platform.CrmWire()}", $"There is no {platform.Label()} account “{named}” in this workspace.");
        return account?.Id;
    }

    /// <summary>The only account that can pay; of several the first by name, before others one that pays in the budget's currency.</summary>
    private static Guid? Chosen(List<AdAccountRow> there, Platform platform, string? currency, List<string> notes)
    {
        var able = there.Where(a => a.IsInGoodStanding && a.Access == AccountAccess.Manager).OrderByDescending(a => a.Currency == currency).ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (able.Count == 0) return there.Count == 1 && there[0].Access == AccountAccess.Manager ? there[0].Id : null;
        if (able.Count > 1) notes.Add($"{platform.Label()}: of {able.Count} ad accounts, “{able[0].Name}” ({able[0].ExternalId}) pays. Name another one in accounts.{platform.CrmWire()}.");
        return able[0].Id;
    }
}
