using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>What is asked of a platform in its own fields. Names come from outside and are checked.</summary>
/// <param name="Level">Null takes the platform's first.</param>
public sealed record LiveNumbersQuery(string? Level, DayRange Range, IReadOnlyList<string> Fields, IReadOnlyList<string> Breakdowns);

/// <summary>An account's numbers in the platform's own fields, asked of it now: what the studio keeps no facts of. Nothing is stored.</summary>
public sealed class ReadLiveNumbers(Studio studio, PlatformSet platforms, AskPlatform ask)
{
    public async Task<Result<IReadOnlyList<JsonObject>>> RunAsync(Actor actor, Guid adAccountId, LiveNumbersQuery query, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Reads(account.Id, account.WorkspaceId)) return new NumbersOfAccountNotFound();
        if (platforms.Find<IReadsRawInsights>(account.Platform) is not { } reads) return new NoNumbersFrom(Catalogue.Of(account.Platform).Name);
        var problems = new List<FieldProblem>();
        if (query.Level is not null && !reads.InsightLevels.Contains(query.Level)) problems.Add(new("level", $"level should be one of {string.Join(", ", reads.InsightLevels)}"));
        if (FieldNames.Check(query.Fields) is { } field) problems.Add(new("fields", field));
        if (FieldNames.Check(query.Breakdowns) is { } breakdown) problems.Add(new("breakdown", breakdown));
        if (RangeChoice.Of(query.Range.From, query.Range.To).Check() is { } range) problems.Add(new("endDate", range.Text));
        if (problems.Count > 0) return new InvalidError(problems);
        return await ask.RunAsync(actor, account.Id, access => reads.ReadRawInsightsAsync(access, new(query.Level ?? reads.InsightLevels[0], query.Range.From, query.Range.To, query.Fields, query.Breakdowns), ct), ct);
    }
}
