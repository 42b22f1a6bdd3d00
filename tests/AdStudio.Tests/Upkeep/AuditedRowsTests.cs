using System.Text.RegularExpressions;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Leads;
using AdStudio.Core.Partners;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Upkeep;

/// <summary>What is written into the audit: every row that people change, and no secret.</summary>
public sealed partial class AuditedRowsTests(StudioApp app) : IClassFixture<StudioApp>
{
    /// <summary>Rows that are not told one by one, and why.</summary>
    private static readonly Dictionary<string, string> NotTold = new()
    {
        ["CampaignTarget"] = "a part of the campaign's specification, which is told",
        ["AdSet"] = "as the platform says it is",
        ["Ad"] = "as the platform says it is",
        ["CampaignEdit"] = "an edit under way; what is applied is told as the campaign",
        ["PartnerJob"] = "keeps what a program asked for; what it changes is told",
        ["IdempotentRequest"] = "keeps an answer",
        ["WebhookDelivery"] = "sent by the studio, with a log of its own",
        ["WebhookAttempt"] = "sent by the studio, with a log of its own",
        ["AudienceMember"] = "personal data; the audience tells how many came and went",
        ["OwnCurrencyRate"] = "told in one line for all that were entered",
        ["MetricFact"] = "read from platforms",
        ["CampaignDay"] = "read from platforms",
        ["AccountDay"] = "read from platforms",
        ["SyncRun"] = "a log itself",
        ["Operation"] = "work under way; what it changes is told",
        ["OperationStep"] = "work under way; what it changes is told",
        ["CampaignImport"] = "work under way; what it brings is told",
        ["CreativeVersion"] = "the creative's own history",
        ["UnfinishedCreative"] = "an edit under way; what is saved is told as the creative",
        ["PersonSession"] = "signing in and out changes nothing of the organization",
        ["ApprovalAccount"] = "a part of the approval, which is told",
        ["Verdict"] = "a record of decisions itself",
        ["RefreshToken"] = "a secret that programs renew",
        ["StudioEvent"] = "tells of changes itself",
        ["AuditEntry"] = "the audit itself",
        ["Lead"] = "personal data; changing, noting and erasing are told by themselves, without it",
        ["LeadNote"] = "personal data; that one was written is told",
        ["OutgoingMail"] = "sent by the studio",
        ["OAuthAttempt"] = "ends as a connection, which is told",
    };

    [Fact]
    public async Task Every_row_of_an_organization_is_told_or_says_why_not()
    {
        await using var db = await app.Studio.OpenForEveryoneAsync(CancellationToken.None);
        var silent = db.Model.GetEntityTypes().Select(e => e.ClrType).Where(t => t.IsAssignableTo(typeof(IOrganizationRow)) && !t.IsAssignableTo(typeof(IAuditedRow))).Select(t => t.Name).Distinct();

        silent.ShouldBe(NotTold.Keys, ignoreOrder: true);
    }

    [Fact]
    public async Task No_property_that_could_hold_a_secret_is_told()
    {
        await using var db = await app.Studio.OpenForEveryoneAsync(CancellationToken.None);
        var audited = db.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(IAuditedRow))).ToList();
        audited.Count.ShouldBeGreaterThan(15);

        audited.SelectMany(e => e.GetProperties()).Where(p => p.ClrType == typeof(string) || p.ClrType == typeof(byte[])).Where(p => Secret().IsMatch(p.Name) && StudioDb.IsTold(p))
            .Select(p => $"{p.DeclaringType.ClrType.Name}.{p.Name}").ShouldBeEmpty();
    }

    [Fact]
    public async Task Secrets_that_are_saved_stand_in_no_line()
    {
        const string marker = "Zq7-never-to-be-read";
        var scene = await Scene.SetAsync(app.Studio, "Sealed");
        await using (var db = await app.Studio.OpenAsync(scene.Admin, CancellationToken.None))
        {
            var connection = await db.Connections.FirstAsync();
            (connection.AccessToken, connection.RefreshToken, connection.OwnerName) = (marker, marker, "Renamed");
            var person = await db.Users.FirstAsync(p => p.Id == scene.Viewer.Id);
            (person.PasswordHash, person.SecurityStamp, person.Name) = (marker, marker, "Victor");
            db.Add(new WebhookEndpoint { Url = "https://hooks.example", Secret = marker, PreviousSecret = marker, CreatedByName = "Ada" });
            db.Add(new LeadSettings { WorkspaceId = scene.Workspace.Id, ForwardUrl = "https://crm.example", ForwardSecret = marker });
            db.Add(new ApiKey { Name = "Sealed key", Start = "ask_", Hash = marker });
            await db.SaveChangesAsync();
        }

        await using var reader = await app.Studio.OpenAsync(scene.Admin, CancellationToken.None);
        var lines = await reader.AuditEntries.Where(a => a.ActorId == scene.Admin.Id).ToListAsync();
        lines.Select(l => l.Subject).ShouldBe([nameof(Connection), nameof(Person), nameof(WebhookEndpoint), nameof(LeadSettings), nameof(ApiKey)], ignoreOrder: true);
        lines.ShouldAllBe(l => !$"{l.Before}{l.After}{l.SubjectName}".Contains(marker));
    }

    [GeneratedRegex("secret|token|password|hash|stamp|verifier|nonce|cookie|credential", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
