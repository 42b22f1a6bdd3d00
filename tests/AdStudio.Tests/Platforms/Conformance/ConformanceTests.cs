using System.Text.RegularExpressions;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>
/// Every request that an adapter makes is one that the platform describes, and what the emulation answers is what the platform describes as its answer:
/// path, method, names, types, values, required fields. A new adapter is tested as soon as it is there; it brings its table.
/// </summary>
public sealed partial class ConformanceTests(ITestOutputHelper output)
{
    public static TheoryData<Platform> Platforms() => [.. PlatformSite.All.Select(s => s.Platform)];

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Every_call_of_a_whole_journey_is_as_the_platform_describes_it(Platform platform)
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        await Journey.RunAsync(adapters, platform);

        var (facts, calls) = (Specifications.Of(platform), adapters.Calls.Of(platform));
        var requests = calls.Select(facts.CheckRequest).ToList();
        var answers = calls.Select(facts.CheckResponse).ToList();
        string Pattern(RecordedCall call) => $"{call.Method} {facts.Describing(call)?.Plain ?? call.Path}";
        output.WriteLine($"{platform}, held against {facts.Source}: {calls.Count} calls of {calls.Select(Pattern).Distinct().Count()} kinds; "
            + $"{requests.Count(r => r.Count == 0)} requests and {answers.Count(a => a.Count == 0)} answers are as described.");
        foreach (var kind in calls.GroupBy(Pattern).OrderBy(g => g.Key, StringComparer.Ordinal)) output.WriteLine($"{kind.Count(),5} {kind.Key}");

        // Where the platform's document does not lie, the table must know as much as this.
        var table = Table.Read(Specifications.TableOf(platform));
        var unknown = calls.Where(c => table.CheckRequest(c).Concat(table.CheckResponse(c)).Any()).ToList();
        if (unknown.Count > 0) output.WriteLine($"What the table could say of the calls that it does not describe:\n{TableDraft.Of(facts, unknown)}");

        calls.ShouldNotBeEmpty();
        Told(requests.Concat(answers).SelectMany(p => p)).ShouldBeEmpty();
        Told(unknown.SelectMany(c => table.CheckRequest(c).Concat(table.CheckResponse(c)))).ShouldBeEmpty("held against the table alone");
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void What_the_table_says_is_published(Platform platform)
    {
        if (Specifications.Document(platform) is { } document) string.Join('\n', Table.Unpublished(Specifications.TableOf(platform), document)).ShouldBeEmpty();
    }

    /// <summary>Each problem once, wherever in a list it is.</summary>
    private static string Told(IEnumerable<string> problems) => string.Join('\n', problems.Select(p => Position().Replace(p, "[]")).Distinct());

    [GeneratedRegex(@"\[\d+]")]
    private static partial Regex Position();
}
