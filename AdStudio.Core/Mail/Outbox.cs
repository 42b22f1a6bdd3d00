using System.Threading.Channels;
using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Mail;

/// <summary>Writes mail beside the rows it is about, and rings for the sender once they are saved.</summary>
public sealed class Outbox(Secrets secrets, TimeProvider time)
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Adds a mail to what <paramref name="db"/> saves next.</summary>
    public void Write(StudioDb db, Guid organizationId, string to, string subject, string text)
    {
        var now = time.GetUtcNow();
        db.OutgoingMails.Add(new OutgoingMail
        {
            OrganizationId = organizationId, To = to, Subject = subject.Length <= 256 ? subject : subject[..255] + "…", Text = secrets.Protect(text), CreatedAt = now, NotBefore = now,
        });
    }

    /// <summary>After the save: somebody waits for this mail, so it goes out now and not with the next run of the job.</summary>
    public void SendSoon() => bell.Writer.TryWrite(true);

    /// <summary>Returns when somebody asked for sending.</summary>
    public async Task WaitAsync(CancellationToken ct) => await bell.Reader.ReadAsync(ct);
}
