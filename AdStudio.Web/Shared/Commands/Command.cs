namespace AdStudio.Web.Shared.Commands;

/// <summary>One thing the palette offers: a place to go to, or something to do.</summary>
public sealed record Command(string Group, string Title, string Icon, string? Href = null, Func<Task>? Do = null, string? Note = null);

/// <summary>Finds commands for what was typed (empty: what to offer at first). Register as many as there are things to find.</summary>
public interface ICommandSource
{
    Task<IReadOnlyList<Command>> FindAsync(string text, CancellationToken ct);
}
