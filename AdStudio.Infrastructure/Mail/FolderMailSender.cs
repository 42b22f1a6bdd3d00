using System.Globalization;
using System.Text;
using AdStudio.Core.Mail;

namespace AdStudio.Infrastructure.Mail;

/// <summary>Writes each mail into a folder as a file that mail programs open: for a studio without a mail server.</summary>
internal sealed class FolderMailSender(MailSettings settings, TimeProvider time) : IMailSender
{
    public async Task SendAsync(string to, string subject, string text, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        var mail = new StringBuilder()
            .Append("From: ").AppendLine(OneLine(settings.From))
            .Append("To: ").AppendLine(OneLine(to))
            .Append("Subject: ").AppendLine(Subject(OneLine(subject)))
            .Append("Date: ").AppendLine(now.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture))
            .Append("Message-ID: <").Append(id).AppendLine("@adstudio>")
            .AppendLine("Auto-Submitted: auto-generated").AppendLine("MIME-Version: 1.0")
            .AppendLine("Content-Type: text/plain; charset=utf-8").AppendLine("Content-Transfer-Encoding: 8bit")
            .AppendLine().AppendLine(text).ToString();

        Directory.CreateDirectory(settings.Folder);
        var file = Path.Combine(settings.Folder, string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{id}.eml"));
        await File.WriteAllTextAsync(file + ".part", mail.ReplaceLineEndings("\r\n"), ct);
        File.Move(file + ".part", file);
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Subject(string text) => text.All(char.IsAscii) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
