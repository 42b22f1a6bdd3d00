using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AdStudio.Core.Mail;

/// <summary>Hands over the mail that is due. What fails is tried again after growing delays, for a day.</summary>
[WithoutActor]
public sealed class SendOutgoingMail(Studio studio, IMailSender sender, Secrets secrets, TimeProvider time, ILogger<SendOutgoingMail> log)
{
    private static readonly TimeSpan[] Delays =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6)];

    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    /// <summary>How many were handed over.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var due = await db.OutgoingMails.AsNoTracking()
            .Where(m => m.SentAt == null && m.GivenUpAt == null && m.NotBefore <= now)
            .OrderBy(m => m.NotBefore).Take(100).ToListAsync(ct);

        var sent = 0;
        foreach (var mail in due)
            if (await ClaimAsync(db, mail, ct) && await SendAsync(db, mail, ct)) sent++;
        return sent;
    }

    // The next try is set before this one begins: neither another node nor a crash makes two of them at once.
    private async Task<bool> ClaimAsync(StudioDb db, OutgoingMail mail, CancellationToken ct)
    {
        var (now, end) = (time.GetUtcNow(), mail.CreatedAt + GiveUpAfter);
        var next = now + Delays[Math.Min(mail.Attempts, Delays.Length - 1)];
        if (now < end && next > end) next = end;
        return await db.OutgoingMails.Where(m => m.Id == mail.Id && m.Attempts == mail.Attempts && m.SentAt == null && m.GivenUpAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.NotBefore, next), ct) == 1;
    }

    private async Task<bool> SendAsync(StudioDb db, OutgoingMail mail, CancellationToken ct)
    {
        var row = db.OutgoingMails.Where(m => m.Id == mail.Id);
        if (secrets.Unprotect(mail.Text) is not { } text)
        {
            await GiveUpAsync(row, "Its text can no longer be read: the studio's keys have changed.", ct);
            return false;
        }
        try
        {
            await sender.SendAsync(mail.To, mail.Subject, text, ct);
        }
        catch (IOException failure)
        {
            log.LogWarning("Mail {Mail} could not be handed over (try {Attempt}): {Reason}", mail.Id, mail.Attempts + 1, failure.Message);
            var reason = failure.Message.Length <= 500 ? failure.Message : failure.Message[..500];
            if (time.GetUtcNow() - mail.CreatedAt >= GiveUpAfter) await GiveUpAsync(row, reason, ct);
            else await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.FailureText, reason), ct);
            return false;
        }
        var now = time.GetUtcNow();
        await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.SentAt, now).SetProperty(m => m.Text, "").SetProperty(m => m.FailureText, (string?)null), CancellationToken.None);
        return true;
    }

    private async Task GiveUpAsync(IQueryable<OutgoingMail> row, string reason, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.GivenUpAt, now).SetProperty(m => m.Text, "").SetProperty(m => m.FailureText, reason), ct);
    }
}
