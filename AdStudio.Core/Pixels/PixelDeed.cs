using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;

namespace AdStudio.Core.Pixels;

/// <summary>All that carrying out a pixel's deed later needs. The token is encrypted.</summary>
internal sealed record PixelIntent(Guid AdAccountId)
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? PixelId { get; init; }
    public ConversionInput? Conversions { get; init; }
    public string? EncryptedToken { get; init; }
}

/// <summary>What is done to pixels on platforms, as verdicts and approvals name it.</summary>
internal static class PixelDeed
{
    public const string Creating = "create pixel", Converting = "send conversions";

    public static Deed Create(AdAccount account, string name, string? description) => Of(account, Creating, $"Make the pixel “{name}” on {account.Name}", name, new(account.Id) { Name = name, Description = description },
        new($"Make the pixel on {account.Name}", [new("name", name), new("description", description ?? "")]));

    /// <summary>From then on each conversion that a server tells is sent; those are not asked about one by one.</summary>
    public static Deed Convert(AdAccount account, string pixelId, ConversionInput input, Secrets secrets) =>
        Of(account, Converting, $"Send conversions of {input.Domain} to “{input.PixelName}”", input.PixelName,
            new(account.Id) { PixelId = pixelId, Conversions = input with { Token = null }, EncryptedToken = input.Token is { } token ? token.Length == 0 ? "" : secrets.Protect(token) : null },
            new("Tell the pixel of each conversion", [new("pixel", pixelId), new("domain", input.Domain), new("event", input.EventName), new("token", input.Token switch { null => "as it is", "" => "the connection's", _ => "a new one" })]));

    private static Deed Of(AdAccount account, string verb, string title, string name, PixelIntent intent, PlanRequest request) => new()
    {
        Verb = verb, Title = title, Axes = [AuthorityAxis.Structural], Subject = "Pixel", SubjectId = account.Id, SubjectName = name, WorkspaceId = account.WorkspaceId, Accounts = [account.Id], Intent = intent,
        Plan = _ => Task.FromResult(new ApprovalPlan { Platforms = [new(account.Platform, account.Name, [request], [])] }),
    };
}

/// <summary>Carries out what was accepted of a pixel.</summary>
internal sealed class PixelCarrier(CreatePixel create, SaveConversions save, Secrets secrets) : ICarriesOut
{
    public IReadOnlyCollection<string> Verbs { get; } = [PixelDeed.Creating, PixelDeed.Converting];

    public async Task<Result<Done>> CarryOutAsync(Actor actor, string verb, string intent, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<PixelIntent>(intent, StudioJson.Options)!;
        if (verb == PixelDeed.Creating) return (await create.RunAsync(actor, asked.AdAccountId, asked.Name!, asked.Description, ct)).Refusal is { } notMade ? notMade : Done.Value;
        var token = asked.EncryptedToken is { Length: > 0 } kept ? secrets.Unprotect(kept) : asked.EncryptedToken;
        return (await save.RunAsync(actor, asked.AdAccountId, asked.PixelId!, asked.Conversions! with { Token = token }, ct)).Refusal is { } notSaved ? notSaved : Done.Value;
    }
}
