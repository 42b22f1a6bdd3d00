using System.Reflection;
using System.Text.RegularExpressions;
using AdStudio.Core.Accounts;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Architecture;

/// <summary>Nobody who reaches a platform may forget to ask.</summary>
public sealed partial class AuthorityAskedTests
{
    /// <summary>They reach platforms and change nothing there, or go on with what was allowed before; each says how.</summary>
    private static readonly Dictionary<string, string> NeedNotAsk = new()
    {
        ["CarryOutPlacement"] = "works off what PlaceAudience was allowed to place",
        ["SendConversion"] = "sends what SaveConversions was allowed to switch on",
        ["CollectLeads"] = "reads", ["ReceiveLead"] = "reads", ["CarryOutSync"] = "reads", ["CarryOutImport"] = "reads", ["ListPixels"] = "reads", ["SearchTargeting"] = "reads", ["ImportLeadForms"] = "reads",
        ["FinishConnection"] = "the consent itself", ["StartConnection"] = "the consent itself", ["CheckConnection"] = "reads", ["ReadKeyForm"] = "reads", ["SyncAdAccounts"] = "reads",
        ["ReviewCampaign"] = "plans, sends nothing", ["ReviewEdit"] = "plans, sends nothing", ["ListStandingForms"] = "reads", ["ReadLiveNumbers"] = "reads", ["ReadAccountAssets"] = "reads", ["ListPages"] = "reads", ["ListReachableAccounts"] = "reads", ["ReadPlatformObjects"] = "reads",
        ["FindPlaces"] = "reads", ["SearchAccountTargeting"] = "reads", ["AskForAudiences"] = "reads", ["ConnectPlatform"] = "the consent itself",
        ["ListPlaceOffers"] = "asks what is possible", ["ListLeadFormPlaces"] = "asks what is possible", ["CreateLeadForm"] = "a draft with us",
    };

    private static readonly Type[] Gates = [typeof(AuthorityGate), typeof(OperationQueue), typeof(StartCascade)];

    [Fact]
    public void An_action_that_has_the_platforms_at_hand_asks_or_is_known_not_to_need_it()
    {
        var forgetful = typeof(StudioDb).Assembly.GetExportedTypes()
            .Where(t => t is { IsClass: true, IsSealed: true } && t.GetMethods().Any(m => m.Name == "RunAsync"))
            .Where(t => Takes(t, typeof(PlatformSet)) && !Gates.Any(gate => Takes(t, gate)))
            .Select(t => t.Name).Except(NeedNotAsk.Keys).ToList();

        forgetful.ShouldBeEmpty("each of these has to ask AuthorityGate, or to say here why it need not");
    }

    [Fact]
    public void Work_is_stored_by_the_queue_alone_and_the_queue_is_told_what_is_done()
    {
        var makers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "AdStudio.Core"), "*.cs", SearchOption.AllDirectories).Where(f => NewOperation().IsMatch(File.ReadAllText(f))).Select(f => Path.GetFileName(f));
        makers.ShouldBe(["OperationQueue.cs"]);

        var enqueue = typeof(OperationQueue).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Where(m => m.Name == "EnqueueAsync").ShouldHaveSingleItem();
        enqueue.GetParameters().ShouldContain(p => p.ParameterType.Name == "CampaignDeed" && !p.HasDefaultValue);
    }

    private static bool Takes(Type type, Type wanted) => type.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == wanted));

    [GeneratedRegex(@"\bnew Operation\s*(\{|\()|\bnew Operation\r?\n")]
    private static partial Regex NewOperation();
}
