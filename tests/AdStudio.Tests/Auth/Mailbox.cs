using System.Text.RegularExpressions;
using AdStudio.Core.Mail;
using AdStudio.Tests.Support;

namespace AdStudio.Tests.Auth;

/// <summary>What the studio wrote into its mail folder.</summary>
internal static partial class Mailbox
{
    /// <summary>The newest mail to somebody whose subject has these words; waits for it a while.</summary>
    public static async Task<string> MailAsync(this StudioApp app, string to, string subject)
    {
        var folder = app.Get<MailPlace>().Folder ?? throw new InvalidOperationException("Mail goes to a server here.");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (Directory.Exists(folder))
                foreach (var file in Directory.EnumerateFiles(folder, "*.eml").OrderDescending())
                {
                    var text = await File.ReadAllTextAsync(file, deadline.Token);
                    if (text.Contains($"To: {to}\r\n", StringComparison.OrdinalIgnoreCase) && text.Contains(subject, StringComparison.Ordinal)) return text;
                }
            await Task.Delay(50, deadline.Token);
        }
    }

    /// <summary>The path of the first link in a mail.</summary>
    public static string Link(string mail) => new Uri(Address().Match(mail).Value).PathAndQuery;

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();
}
