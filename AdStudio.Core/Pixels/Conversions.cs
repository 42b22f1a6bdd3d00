using System.Security.Cryptography;
using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Pixels;

/// <summary>What a pixel is told by a server.</summary>
/// <param name="Token">Written, never read out again. Null keeps the one there is; "" takes it away.</param>
public sealed record ConversionInput(string PixelName, string Domain, bool IsEnabled, string EventName, string? Token);

public sealed class SaveConversions(Studio studio, PlatformSet platforms, Secrets secrets, AuthorityGate authority, TimeProvider time)
{
    public async Task<Result<ConversionSettings>> RunAsync(Actor actor, Guid adAccountId, string pixelId, ConversionInput input, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null) return new AdAccountNotFound();
        if (!actor.Manages(account.Id, account.WorkspaceId)) return new PixelNeedsManager(account.Name);
        if (platforms.Find<ISendsConversions>(account.Platform) is null) return new NoServerConversions(account.Platform);
        List<FieldProblem> problems = [];
        if (input.Domain.Trim() is { Length: > 0 } domain && (domain.Length > 253 || Uri.CheckHostName(domain) != UriHostNameType.Dns || !domain.Contains('.', StringComparison.Ordinal))) problems.Add(new("domain", "Give the domain alone, such as shop.example."));
        if (input.IsEnabled && input.Domain.Trim().Length == 0) problems.Add(new("domain", "Say on which domain the conversions happen."));
        if (input.EventName.Trim().Length is 0 or > 64) problems.Add(new("eventName", "Name the event, such as Purchase."));
        if (input.Token?.Length > 4000 || input.Token?.Any(char.IsControl) == true) problems.Add(new("token", "This is no access token."));
        if (problems.Count > 0) return new InvalidError(problems);

        // Switching off, and what stays off, sends nothing: nobody has to be asked.
        if (input.IsEnabled && await authority.WhyNotAsync(db, actor, PixelDeed.Convert(account, pixelId, input, secrets), ct) is { } whyNot) return whyNot;
        var kept = await db.PixelConversions.SingleOrDefaultAsync(p => p.AdAccountId == adAccountId && p.PixelId == pixelId, ct);
        if (kept is null) db.Add(kept = new PixelConversions { WorkspaceId = account.WorkspaceId, AdAccountId = adAccountId, PixelId = pixelId });
        (kept.PixelName, kept.Domain, kept.IsEnabled, kept.EventName, kept.UpdatedAt) = (input.PixelName, input.Domain.Trim().ToLowerInvariant(), input.IsEnabled, input.EventName.Trim(), time.GetUtcNow());
        if (input.Token is { } token) kept.AccessToken = token.Trim().Length == 0 ? null : secrets.Protect(token.Trim());
        return await db.TrySaveVerdictAsync(ct) ? ListPixels.Settings(kept) : new PixelAskedMeanwhile(input.PixelName);
    }
}

/// <summary>Something that was bought or done, as a program tells it. The address and number are hashed here and not kept.</summary>
/// <param name="EventId">The one that the browser's pixel sent too, so that the platform counts it once; null makes one.</param>
public sealed record ConversionReport(string? EventName, string? EventId, DateTimeOffset? At, string? SourceUrl, Money? Value, string? Email, string? Phone, string? ClientIp, string? UserAgent);

/// <param name="EventId">By which the platform knows it.</param>
public sealed record SentConversion(string EventId, string Answer);

/// <summary>Tells a pixel of a conversion from the server.</summary>
public sealed class SendConversion(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, Secrets secrets, TimeProvider time)
{
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(7);

    /// <param name="testCode">Marks it as a test in the platform's own tools.</param>
    public async Task<Result<SentConversion>> RunAsync(Actor actor, Guid adAccountId, string pixelId, ConversionReport report, string? testCode, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null) return new AdAccountNotFound();
        if (!actor.Manages(account.Id, account.WorkspaceId)) return new PixelNeedsManager(account.Name);
        if (platforms.Find<ISendsConversions>(account.Platform) is not { } sends) return new NoServerConversions(account.Platform);
        var kept = await db.PixelConversions.AsNoTracking().SingleOrDefaultAsync(p => p.AdAccountId == adAccountId && p.PixelId == pixelId, ct);
        if (kept is null) return new PixelNotFound();
        if (!kept.IsEnabled) return new ConversionsAreOff(kept.PixelName);

        var (now, at) = (time.GetUtcNow(), report.At ?? time.GetUtcNow());
        if (at > now.AddMinutes(5) || at < now - Oldest) return new InvalidError("at", "A conversion is told within seven days, and not before it happens.");
        if (report.Email is null && report.Phone is null && report.ClientIp is null) return new InvalidError("email", "Give at least an e-mail address, a phone number or the visitor's address, or nobody can be found by it.");
        if (!(await getAccess.RunAsync(actor, account.Id, ct)).TryGet(out var access, out var refusal)) return refusal;

        var eventId = report.EventId is { Length: > 0 and <= 128 } given ? given : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var hash = MemberHash.Of(new MemberInput(report.Email, report.Phone)).Hash;
        var person = new MemberHashes(hash?.Email, hash is null ? null : Catalogue.RulesOf(account.Platform).PhonesWithPlus ? hash.Phone : hash.PhoneDigits);
        var conversion = new ConversionEvent(report.EventName is { Length: > 0 } name ? name : kept.EventName, eventId, at, report.SourceUrl ?? $"https://{kept.Domain}/", report.Value, person, report.ClientIp, report.UserAgent);
        var sent = await sends.SendConversionAsync(access, pixelId, secrets.Unprotect(kept.AccessToken), conversion, testCode, ct);
        var failure = sent.Refusal?.Message is { } words ? words.Length > 1024 ? words[..1024] : words : null;
        await db.PixelConversions.Where(p => p.Id == kept.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.LastFailure, failure).SetProperty(p => p.LastSentAt, p => failure == null ? now : p.LastSentAt), ct);
        return sent.TryGet(out var answer, out refusal) ? new SentConversion(eventId, answer) : refusal;
    }
}
