using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Mail;
using AdStudio.Infrastructure.Mail;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Mail;

public sealed class MailTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task Mail_reaches_an_SMTP_server_whole()
    {
        await using var server = new SmtpSink();
        var sender = new SmtpMailSender(new MailSettings { From = "AdStudio <studio@us.example>", SmtpHost = "127.0.0.1", SmtpPort = server.Port, StartTls = false });

        await sender.SendAsync("mia@them.example", "Grüße aus dem Studio", "Hello Mia,\n\n.one line begins with a dot\nand here is a link: http://localhost/x?a=1&b=2", Now);

        var mail = await server.NextAsync();
        mail.From.ShouldBe("studio@us.example");
        mail.To.ShouldBe(["mia@them.example"]);
        mail.Header("Subject").ShouldContain("=?utf-8?");
        mail.Header("Auto-Submitted").ShouldBe("auto-generated");
        mail.Body.ShouldContain(".one line begins with a dot");
        mail.Body.ShouldContain("http://localhost/x?a=1&b=2");
    }

    [Fact]
    public async Task A_server_that_refuses_is_a_reason_to_try_again()
    {
        await using var server = new SmtpSink { Refuses = true };
        var sender = new SmtpMailSender(new MailSettings { SmtpHost = "127.0.0.1", SmtpPort = server.Port, StartTls = false });

        await Should.ThrowAsync<IOException>(() => sender.SendAsync("mia@them.example", "Hello", "Hello", Now));
        var nobody = new SmtpMailSender(new MailSettings { SmtpHost = "127.0.0.1", SmtpPort = 1, StartTls = false });
        await Should.ThrowAsync<IOException>(() => nobody.SendAsync("mia@them.example", "Hello", "Hello", Now));
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_mail_when_it_is_wanted()
    {
        await using var server = new SmtpSink();
        var sender = new SmtpMailSender(new MailSettings { SmtpHost = "127.0.0.1", SmtpPort = server.Port, StartTls = true });

        await Should.ThrowAsync<IOException>(() => sender.SendAsync("mia@them.example", "Hello", "A secret link", Now));
        server.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_header_cannot_be_smuggled_into_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("adstudio-mail-").FullName;
        var sender = new FolderMailSender(new MailSettings { Folder = folder }, TimeProvider.System);

        await sender.SendAsync("mia@them.example", "Hello\r\nBcc: all@them.example", "Text", Now);

        var mail = await File.ReadAllTextAsync(Directory.GetFiles(folder, "*.eml").ShouldHaveSingleItem(), Now);
        mail.Split("\r\n").ShouldNotContain(line => line.StartsWith("Bcc", StringComparison.Ordinal));
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task What_fails_is_tried_again_after_growing_delays_and_given_up_after_a_day()
    {
        var scene = await Scene.SetAsync(app.Studio, "Patience");
        var clock = new SetClock(new DateTimeOffset(2030, 1, 1, 8, 0, 0, TimeSpan.Zero));
        var secrets = app.Get<Secrets>();
        var outbox = new Outbox(secrets, clock);
        await using (var db = await app.Studio.OpenAsync(scene.Admin, Now))
        {
            outbox.Write(db, scene.Organization.Id, "late@patience.example", "Later", "http://localhost/secret");
            await db.SaveChangesAsync(Now);
        }
        (await RowAsync()).Text.ShouldNotContain("secret");
        var sender = new BrokenSender();
        var send = new SendOutgoingMail(app.Studio, sender, secrets, clock, NullLogger<SendOutgoingMail>.Instance);

        List<double> minutes = [];
        while (await RowAsync() is { GivenUpAt: null } row)
        {
            clock.Set(row.NotBefore - TimeSpan.FromSeconds(1));
            await send.RunAsync(Now);
            sender.Tries.ShouldBe(minutes.Count, "nothing is tried before its time");

            clock.Set(row.NotBefore);
            await send.RunAsync(Now);
            sender.Tries.ShouldBe(minutes.Count + 1);
            minutes.Add((row.NotBefore - row.CreatedAt).TotalMinutes);
        }

        minutes.ShouldBe([0, 1, 6, 21, 81, 261, 621, 981, 1341, 1440]);
        var given = await RowAsync();
        given.GivenUpAt.ShouldNotBeNull();
        given.FailureText.ShouldBe("The server is away.");
        given.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_is_sent_once_even_by_two_nodes_at_once()
    {
        var scene = await Scene.SetAsync(app.Studio, "Once");
        var clock = new SetClock(new DateTimeOffset(2031, 1, 1, 8, 0, 0, TimeSpan.Zero));
        var secrets = app.Get<Secrets>();
        await using (var db = await app.Studio.OpenAsync(scene.Admin, Now))
        {
            new Outbox(secrets, clock).Write(db, scene.Organization.Id, "one@once.example", "Once", "Hello");
            await db.SaveChangesAsync(Now);
        }
        var sender = new CountingSender();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new SendOutgoingMail(app.Studio, sender, secrets, clock, NullLogger<SendOutgoingMail>.Instance).RunAsync(Now)));

        sender.Sent.Count(to => to == "one@once.example").ShouldBe(1);
        await using var after = await app.Studio.OpenAsync(scene.Admin, Now);
        var row = await after.OutgoingMails.SingleAsync(m => m.To == "one@once.example", Now);
        row.SentAt.ShouldNotBeNull();
        row.Text.ShouldBeEmpty();
    }

    private async Task<OutgoingMail> RowAsync()
    {
        await using var db = await app.Studio.OpenForEveryoneAsync(Now);
        return await db.OutgoingMails.AsNoTracking().SingleAsync(m => m.To == "late@patience.example", Now);
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
        public void Set(DateTimeOffset to) => now = to;
    }

    private sealed class BrokenSender : IMailSender
    {
        public int Tries { get; private set; }

        public Task SendAsync(string to, string subject, string text, CancellationToken ct)
        {
            if (to == "late@patience.example") Tries++;
            throw new IOException("The server is away.");
        }
    }

    private sealed class CountingSender : IMailSender
    {
        public System.Collections.Concurrent.ConcurrentBag<string> Sent { get; } = [];

        public Task SendAsync(string to, string subject, string text, CancellationToken ct)
        {
            Sent.Add(to);
            return Task.CompletedTask;
        }
    }
}
