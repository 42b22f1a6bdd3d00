using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace AdStudio.Tests.Mail;

internal sealed record ReceivedMail(string From, IReadOnlyList<string> To, IReadOnlyList<string> Lines)
{
    public string Header(string name) => Lines.TakeWhile(l => l.Length > 0).First(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    /// <summary>The text, out of quoted-printable.</summary>
    public string Body
    {
        get
        {
            var text = string.Join("\r\n", Lines.SkipWhile(l => l.Length > 0).Skip(1)).Replace("=\r\n", "", StringComparison.Ordinal);
            List<byte> bytes = [];
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] != '=') bytes.Add((byte)text[i]);
                else
                {
                    bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                    i += 2;
                }
            }
            return Encoding.UTF8.GetString([.. bytes]);
        }
    }
}

/// <summary>A mail server on loopback that takes everything, or refuses everything.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Channel<ReceivedMail> received = Channel.CreateUnbounded<ReceivedMail>();
    private readonly Task serving;

    public SmtpSink()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public bool Refuses { get; init; }
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public int Count => received.Reader.Count;

    public async Task<ReceivedMail> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await received.Reader.ReadAsync(deadline.Token);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(closing.Token);
                await TalkAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        var (from, to) = ("", new List<string>());
        await writer.WriteLineAsync("220 sink.example");
        while (await reader.ReadLineAsync(closing.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO" or "HELO":
                    await writer.WriteLineAsync("250 sink.example");
                    break;
                case "MAIL":
                    from = Address(line);
                    await writer.WriteLineAsync(Refuses ? "451 Try again later" : "250 OK");
                    break;
                case "RCPT":
                    to.Add(Address(line));
                    await writer.WriteLineAsync("250 OK");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 Go on");
                    List<string> lines = [];
                    while (await reader.ReadLineAsync(closing.Token) is { } text && text != ".") lines.Add(text.StartsWith('.') ? text[1..] : text);
                    received.Writer.TryWrite(new ReceivedMail(from, [.. to], lines));
                    await writer.WriteLineAsync("250 Taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 Bye");
                    return;
                default:
                    await writer.WriteLineAsync("502 Not understood");
                    break;
            }
        }
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await serving;
        listener.Dispose();
        closing.Dispose();
    }
}
