using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;

namespace AdStudio.Web.Features.Campaigns.Wizard;

/// <summary>
/// The draft as one types it, saved by itself: soon after the last change, at once when asked to. One save at a time; each goes over the version that was read.
/// Lives on the server, so that a lost connection loses nothing that had arrived.
/// </summary>
public sealed class WizardDraft : IDisposable
{
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(600);
    public static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    private readonly Func<string, CampaignSpec, long, Task<Result<SavedDraft>>> save;
    private readonly SemaphoreSlim saving = new(1, 1);
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private (string Name, CampaignSpec Spec) now;
    private int changes;
    private int savedChanges;

    public WizardDraft(Campaign campaign, TimeProvider time, Func<string, CampaignSpec, long, Task<Result<SavedDraft>>> save)
        : this((campaign.Name, campaign.Spec), campaign.Version, campaign.UpdatedAt, time, save) { }

    public WizardDraft((string Name, CampaignSpec Spec) stored, long version, DateTimeOffset savedAt, TimeProvider time, Func<string, CampaignSpec, long, Task<Result<SavedDraft>>> save)
    {
        this.save = save;
        now = Began = stored;
        (Version, SavedAt) = (version, savedAt);
        timer = time.CreateTimer(_ => _ = SaveAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Name => now.Name;
    public CampaignSpec Spec => now.Spec;

    /// <summary>What is stored, as far as this editor knows: what both sides of a conflict began from.</summary>
    public (string Name, CampaignSpec Spec) Began { get; private set; }
    public long Version { get; private set; }
    public DateTimeOffset SavedAt { get; private set; }
    public bool IsSaving { get; private set; }

    /// <summary>Why the last save was refused; null when it went well.</summary>
    public Refusal? Trouble { get; private set; }

    /// <summary>Somebody else saved meanwhile. Nothing is saved before it is settled.</summary>
    public CampaignChangedMeanwhile? Conflict { get; private set; }
    public bool IsSaved => changes == savedChanges && Trouble is null && Conflict is null;

    /// <summary>After each change and each save; from any thread.</summary>
    public event Action? Changed;

    public void Rename(string name) => Put((name, Spec));

    public void Change(Func<CampaignSpec, CampaignSpec> change) => Put((Name, change(Spec)));

    private void Put((string Name, CampaignSpec Spec) next)
    {
        lock (gate)
        {
            now = next;
            changes++;
        }
        timer.Change(Pause, Timeout.InfiniteTimeSpan);
        Changed?.Invoke();
    }

    /// <summary>Saves what is not saved yet, and comes back when it is, or when it was refused.</summary>
    public async Task SaveAsync()
    {
        await saving.WaitAsync();
        try
        {
            if (changes == savedChanges || Conflict is not null) return;
            IsSaving = true;
            Changed?.Invoke();
            int taken;
            (string Name, CampaignSpec Spec) written;
            lock (gate) (taken, written) = (changes, now);
            await SaveAsync(written, taken);
        }
        finally
        {
            IsSaving = false;
            saving.Release();
            Changed?.Invoke();
        }
    }

    private async Task SaveAsync((string Name, CampaignSpec Spec) written, int taken)
    {
        try
        {
            var result = await save(written.Name, written.Spec, Version);
            if (result.TryGet(out var saved, out var refusal))
            {
                (Version, SavedAt, Trouble, Began, savedChanges) = (saved.Version, saved.SavedAt, null, written, taken);
                return;
            }
            Conflict = refusal as CampaignChangedMeanwhile;
            Trouble = refusal;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The database may be away for a moment: what was typed stays here, and the next try takes it along.
            Trouble = new UnavailableError("This could not be saved just now. It is kept here, and saving is tried again.");
            timer.Change(TryAgain, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Goes on from somebody else's version with these parts of theirs, and the rest as it stands here.</summary>
    public Task SettleAsync(IReadOnlySet<string> takeTheirs)
    {
        if (Conflict is not { } conflict) return Task.CompletedTask;
        var theirs = (conflict.Theirs.Name, conflict.Theirs.Spec);
        lock (gate)
        {
            now = SpecMerge.Take(now, theirs, takeTheirs);
            changes++;
        }
        (Version, Began, Conflict, Trouble) = (conflict.Theirs.Version, theirs, null, null);
        return SaveAsync();
    }

    public void Dispose()
    {
        // A dying page gives its last words; nobody waits for the answer.
        _ = SaveAsync();
        timer.Dispose();
    }
}
