using AdStudio.Core.Data;

namespace AdStudio.Core.Mail;

/// <summary>A mail on its way: written in the transaction of what it is about, sent by a job, tried again with growing delays.</summary>
public sealed class OutgoingMail : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public string To { get; set; } = "";
    public string Subject { get; set; } = "";

    /// <summary>Encrypted by <see cref="AdStudio.Core.Common.Secrets"/>, because links in it open doors; emptied once sent.</summary>
    public string Text { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset NotBefore { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? GivenUpAt { get; set; }
    public string? FailureText { get; set; }
}

/// <summary>Hands one mail over: to the configured SMTP server, or to a folder when there is none.</summary>
public interface IMailSender
{
    /// <exception cref="IOException">The mail could not be handed over; try again later.</exception>
    Task SendAsync(string to, string subject, string text, CancellationToken ct);
}
