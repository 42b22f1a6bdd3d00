using System.Text.RegularExpressions;

namespace AdStudio.Browser.Tests.Support;

/// <summary>The folder into which a studio without a mail server writes its mail.</summary>
public sealed partial class MailBox(string folder)
{
    /// <summary>The link of the newest mail to this address that leads there; waits for the mail.</summary>
    public async Task<string> LinkAsync(string to, string path)
    {
        for (var until = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < until; await Task.Delay(100))
            if (Find(to, path) is { } link) return link;
        throw new TimeoutException($"No mail to {to} came with a link to {path}.");
    }

    private string? Find(string to, string path) => !Directory.Exists(folder) ? null : Directory.GetFiles(folder, "*.eml").Order().Reverse()
        .Select(File.ReadAllText).Where(mail => mail.Contains($"To: {to}", StringComparison.OrdinalIgnoreCase))
        .Select(mail => Link().Matches(mail).Select(m => m.Value).FirstOrDefault(link => link.Contains(path, StringComparison.Ordinal)))
        .FirstOrDefault(link => link is not null);

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
