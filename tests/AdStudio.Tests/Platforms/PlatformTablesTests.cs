using System.Globalization;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>docs/platforms.md says of each platform what the catalogue and the adapters say: what changes here has to change there.</summary>
public sealed class PlatformTablesTests
{
    [Fact]
    public async Task The_tables_of_the_document_are_those_of_the_catalogue()
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        var written = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "platforms.md"));

        var missing = Tables(adapters).Where(line => !written.Contains(line)).ToList();

        missing.ShouldBeEmpty($"docs/platforms.md should have these lines:\n{string.Join('\n', missing)}\n");
    }

    private static IEnumerable<string> Tables(SandboxedAdapters adapters)
    {
        var all = Catalogue.All.Where(e => e.Rules is not null).Select(e => (Entry: e, Rules: e.Rules!)).ToList();

        yield return Row(["Platform", .. Enum.GetValues<Objective>().Select(o => Words(o.ToString()))]);
        foreach (var (entry, rules) in all) yield return Row([entry.Name, .. Enum.GetValues<Objective>().Select(o => rules.Offer(o) is { IsOffered: true } offer ? offer.Wire + (offer.NeedsPixel ? " (pixel)" : offer.NeedsApp ? " (app)" : "") : "no")]);

        yield return Row(["Platform", "Ads", "Budgets", "Smallest a day, USD", "Ages", "Its word for an ad set", "In whose name"]);
        foreach (var (entry, rules) in all)
            yield return Row([entry.Name, rules.NeedsCreative ? List(rules.CreativeTypes) : "the app's product page", List(rules.BudgetTypes), rules.MinimumBudget("USD").Units.ToString("0.##", CultureInfo.InvariantCulture), $"{rules.AgeMin} to {rules.AgeMax}+", rules.AdSetWord, rules.NeedsPage ? rules.PageWord : "—"]);

        yield return Row(["Platform", "Changes while it runs", "Audiences made there", "Found by search"]);
        foreach (var (entry, rules) in all)
            yield return Row([entry.Name, List(rules.Edits.Select(e => e.Kind)), List(rules.Audiences.Where(a => a.IsOffered && a.Type != AudienceType.Saved).Select(a => a.Type)), rules.TargetingKinds.Count == Enum.GetValues<TargetingKind>().Length ? "every kind" : List(rules.TargetingKinds)]);

        yield return Row(["Platform", "Imports campaigns", "Pixels", "Conversions from a server", "Lead forms"]);
        foreach (var (entry, _) in all)
            yield return Row([entry.Name, Yes(adapters.Find<IImportsCampaigns>(entry.Platform)), Yes(adapters.Find<IManagesPixels>(entry.Platform)), Yes(adapters.Find<ISendsConversions>(entry.Platform)), Yes(adapters.Find<ICollectsLeads>(entry.Platform))]);

        yield return Row(["Platform", "Numbers by", "Read every", "Read again for", "API", "Served until"]);
        foreach (var (entry, rules) in all)
            yield return Row([entry.Name, string.Join(", ", rules.Breakdowns.Select(b => Words(b.ToString()) + (rules.IsWhole(b) ? "" : "*"))), $"{rules.ReadEvery.TotalHours:0} h", $"{rules.RereadDays} days", rules.Api!.Version, rules.Api.Sunset?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) ?? "not announced"]);
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
    private static string Yes(object? capability) => capability is null ? "no" : "yes";
    private static string List<T>(IEnumerable<T> values) => string.Join(", ", values.Select(v => Words(v!.ToString()!))) is { Length: > 0 } text ? text : "none";
    private static string Words(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
