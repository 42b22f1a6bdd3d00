using System.Collections.Concurrent;
using System.Threading.Channels;
using AdStudio.Core.Common;
using AdStudio.Core.Partners;

namespace AdStudio.Web.Api.Idempotency;

/// <summary>
/// Writes down the answers of requests whose work stands already, several in one commit and after the caller has got theirs. Until then they are known here;
/// when the node dies before, the request is answered again from what it made.
/// </summary>
internal sealed class AnswerBook(IdempotencyKeys keys, ILogger<AnswerBook> log) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<Guid, KeptAnswerOf> waiting = new();
    private readonly Channel<KeptAnswerOf> channel = Channel.CreateUnbounded<KeptAnswerOf>(new UnboundedChannelOptions { SingleReader = true });

    public void Add(Actor caller, IdempotencyClaim claim, int status, string answer, string? location)
    {
        var kept = new KeptAnswerOf(caller.OrganizationId, claim, status, answer, location);
        waiting[claim.Id] = kept;
        if (!channel.Writer.TryWrite(kept)) waiting.TryRemove(claim.Id, out _); // closing: what it made answers
    }

    /// <summary>An answer that is on its way into the database.</summary>
    public KnownRequest? Find(Guid claimId) => waiting.TryGetValue(claimId, out var kept) ? kept.AsKnown() : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends when the channel is closed and empty, so that a stop writes down what is left.
        while (await channel.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await Task.WhenAny(channel.Reader.Completion, Task.Delay(Together, CancellationToken.None));
            List<KeptAnswerOf> some = [];
            while (some.Count < AtOnce && channel.Reader.TryRead(out var one)) some.Add(one);
            try
            {
                await keys.KeepAsync(some, CancellationToken.None);
            }
            catch (Exception failure)
            {
                log.LogError(failure, "{Count} answers under idempotency keys were not kept; what they made answers in their place", some.Count);
            }
            foreach (var kept in some) waiting.TryRemove(kept.Claim.Id, out _);
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        channel.Writer.TryComplete();
        return ExecuteTask?.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }
}
