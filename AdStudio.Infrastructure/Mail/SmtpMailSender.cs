using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using AdStudio.Core.Mail;

namespace AdStudio.Infrastructure.Mail;

/// <summary>Hands mail to the configured SMTP server, by STARTTLS unless that is switched off.</summary>
internal sealed class SmtpMailSender(MailSettings settings) : IMailSender
{
    public async Task SendAsync(string to, string subject, string text, CancellationToken ct)
    {
        try
        {
            using var client = new SmtpClient(settings.SmtpHost, settings.SmtpPort) { EnableSsl = settings.StartTls, Timeout = 30_000 };
            if (settings.User.Length > 0) client.Credentials = new NetworkCredential(settings.User, settings.Password);
            using var message = new MailMessage
            {
                From = new MailAddress(settings.From), Subject = subject, SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8,
                Body = text, BodyEncoding = Encoding.UTF8, BodyTransferEncoding = TransferEncoding.QuotedPrintable,
            };
            message.To.Add(new MailAddress(to));
            message.Headers.Add("Auto-Submitted", "auto-generated");
            await client.SendMailAsync(message, ct);
        }
        catch (Exception failure) when (failure is SmtpException or FormatException or InvalidOperationException)
        {
            throw new IOException(failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message, failure);
        }
    }
}
