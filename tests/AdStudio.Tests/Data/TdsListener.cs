using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdStudio.Tests.Data;

/// <summary>
/// Speaks just enough of SQL Server's protocol (MS-TDS) on loopback to sign a client in and to answer each request with "done, no rows".
/// It proves that commands with parameters leave the client; it knows no SQL.
/// </summary>
internal sealed class TdsListener : IAsyncDisposable
{
    private const byte PreLogin = 0x12, Login = 0x10, RemoteCall = 0x03, Answer = 0x04;
    private static readonly byte[] Done = [0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] DoneProcedure = [0x79, 0, 0, 0, 0, 0xFE, .. Done[1..]];

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public TdsListener()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public string ConnectionString => $"Server=127.0.0.1,{((IPEndPoint)listener.LocalEndpoint).Port};Database=x;User Id=sa;Password=x;Encrypt=false;Connect Timeout=10;Pooling=false";

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true) conversations.Add(ConverseAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                while (await ReadRequestAsync(stream) is { } kind)
                    await SendAsync(stream, kind switch { PreLogin => PreLoginAnswer(), Login => LoginAnswer(), RemoteCall => DoneProcedure, _ => Done });
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client hung up: the conversation is over.
            }
        }
    }

    /// <summary>One request may come in several packets; the second header byte's first bit marks the last. Null at the end of the stream.</summary>
    private async Task<byte?> ReadRequestAsync(NetworkStream stream)
    {
        var header = new byte[8];
        do
        {
            if (await stream.ReadAtLeastAsync(header, 8, throwOnEndOfStream: false, stop.Token) < 8) return null;
            await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - 8], stop.Token);
        }
        while ((header[1] & 1) == 0);
        return header[0];
    }

    private async Task SendAsync(NetworkStream stream, byte[] body)
    {
        var packet = new byte[8 + body.Length];
        packet[0] = Answer;
        packet[1] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        body.CopyTo(packet, 8);
        await stream.WriteAsync(packet, stop.Token);
    }

    // Option table (version at 11, six bytes; encryption at 17, one byte), its end, version 16, "encryption not supported".
    private static byte[] PreLoginAnswer() => [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 2];

    // ENVCHANGE with a collation, LOGINACK for TDS 7.4, DONE.
    private static byte[] LoginAnswer()
    {
        var name = Encoding.Unicode.GetBytes("Microsoft SQL Server");
        byte[] ack = [1, 0x74, 0, 0, 4, (byte)(name.Length / 2), .. name, 16, 0, 0, 0];
        return [0xE3, 8, 0, 7, 5, 0x09, 0x04, 0xD0, 0x00, 0x34, 0, 0xAD, (byte)ack.Length, (byte)(ack.Length >> 8), .. ack, .. Done];
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }
}
