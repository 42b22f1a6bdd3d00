namespace AdStudio.Web.Shared.Feedback;

/// <summary>A question that is open: what would be lost, and the verb on the button.</summary>
public sealed record Question(string Title, string WhatIsLost, string Verb, bool Danger, string? TypeToConfirm);

/// <summary>Asks before what cannot be undone. Where undo is true, act at once and offer it in a toast instead.</summary>
public sealed class Confirm
{
    private TaskCompletionSource<bool>? answer;

    public event Action? Changed;

    public Question? Open { get; private set; }

    /// <summary>True when the person said yes. <paramref name="typeToConfirm"/>: a word to type first, for what is grave.</summary>
    public Task<bool> AskAsync(string title, string whatIsLost, string verb, bool danger = true, string? typeToConfirm = null)
    {
        answer?.TrySetResult(false);
        answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Open = new(title, whatIsLost, verb, danger, typeToConfirm);
        Changed?.Invoke();
        return answer.Task;
    }

    public void Answer(bool yes)
    {
        if (Open is null) return;
        Open = null;
        Changed?.Invoke();
        answer?.TrySetResult(yes);
    }
}
