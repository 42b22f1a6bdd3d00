using System.Data.Common;
using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Shouldly;

namespace AdStudio.Tests.Api.Advertising;

/// <summary>The app with the scene's brand connected to the sandbox's Meta.</summary>
public sealed class AdvertisingApp : PartnerApp
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using (var db = await Studio.OpenAsync(Scene.Admin, CancellationToken.None))
        {
            // The scene's own accounts have no working token: those of the sandbox take their place.
            foreach (var account in db.AdAccounts.ToList()) account.DeletedAt = DateTimeOffset.UnixEpoch;
            await db.SaveChangesAsync();
        }
        await ConnectAsync(Scene.Admin, Platform.Meta, "10155501000001");
        await using var fresh = await Studio.OpenAsync(Scene.Admin, CancellationToken.None);
        var good = await fresh.AdAccounts.Where(a => a.Status == AdAccountStatus.Active).OrderBy(a => a.Name).ToListAsync();
        Account = good.First(a => a.Currency == "USD" && a.Assets.Any(x => x.Kind == AccountAssetKind.InstagramAccount));
        Page = Account.Assets.First(a => a.Kind == AccountAssetKind.InstagramAccount).ParentId!;
        Caller = new Partner(Address, ("x-api-key", await KeyAsync(Scene)));
    }

    public AdAccount Account { get; private set; } = null!;
    public string Page { get; private set; } = "";

    /// <summary>With a key alone, as partners of this surface call.</summary>
    public Partner Caller { get; private set; } = null!;
    public int Brand => Scene.Workspace.Number;

    public JsonObject Sample(string? name = null, string? status = null)
    {
        var input = BigSample.InputFor(Address, Account.ExternalId, Page);
        if (name is not null) input["campaignName"] = name;
        if (status is not null) input["status"] = status;
        return input;
    }

    /// <summary>Posts a campaign for the scene's brand; its data.</summary>
    public async Task<JsonNode> CreateAsync(JsonObject input)
    {
        var reply = (await Caller.With("x-brand-id", $"{Brand}").PostAsync("/advertising/v1/campaign", input)).ShouldBe(HttpStatusCode.Created);
        reply.Body["status"]!.GetValue<int>().ShouldBe(201);
        return reply.Body["data"]!;
    }

    /// <summary>Reads it until its work on the platforms is done; its data.</summary>
    public async Task<JsonNode> SettledAsync(JsonNode campaign) =>
        (await Caller.UntilAsync($"/advertising/v1/campaign/{campaign["id"]}", c => c["data"]!["status"]!.GetValue<string>() is not ("SUBMITTED" or "IN_REVIEW")))["data"]!;

    /// <summary>Every text in every table, with where it stands.</summary>
    public async Task<IReadOnlyList<(string Table, string Text)>> EverythingStoredAsync()
    {
        await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
        List<(string, string)> texts = [];
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {db.GetService<ISqlGenerationHelper>().DelimitIdentifier(table)}";
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                for (var i = 0; i < reader.FieldCount; i++)
                    if (reader.GetValue(i) is string text) texts.Add((table, text));
        }
        return texts;
    }
}

internal static class AdvertisingReplies
{
    /// <summary>Seed 003's envelope of a refusal, with nothing in it that only a programmer should see.</summary>
    public static Reply ShouldDecline(this Reply reply, HttpStatusCode status, string code)
    {
        reply.ShouldBe(status);
        reply.Body["status"]!.GetValue<int>().ShouldBe((int)status);
        reply.Body["error"]!["code"]!.GetValue<string>().ShouldBe(code, reply.Text);
        reply.Body["error"]!["message"]!.GetValue<string>().ShouldNotBeEmpty();
        reply.Text.ShouldNotContain("   at ");
        reply.Text.ShouldNotContain("Exception");
        return reply;
    }
}
