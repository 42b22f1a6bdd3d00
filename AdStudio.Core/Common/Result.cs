using System.Diagnostics.CodeAnalysis;

namespace AdStudio.Core.Common;

/// <summary>Why something was not done, in words that a person may read. A bug is an exception, never a refusal.</summary>
/// <param name="Message">One or two plain sentences: what is wrong and what to do.</param>
public abstract record Refusal(string Message);

/// <summary>One field that is wrong. <paramref name="Field"/> is the path in the request, camelCase ("budget.amount").</summary>
public sealed record FieldProblem(string Field, string Message);

/// <summary>The request is wrong; every wrong field is named.</summary>
public record InvalidError(string Message, IReadOnlyList<FieldProblem> Fields) : Refusal(Message)
{
    public InvalidError(string field, string message) : this(message, [new(field, message)]) { }
    public InvalidError(IReadOnlyList<FieldProblem> fields) : this(fields.Count == 1 ? fields[0].Message : "Some fields need another look.", fields) { }
}

/// <summary>Nobody is signed in, or the credentials no longer count.</summary>
public record UnauthenticatedError(string Message) : Refusal(Message);

/// <summary>The actor may see it but may not do this.</summary>
public record ForbiddenError(string Message) : Refusal(Message);

/// <summary>It does not exist, or belongs to somebody else: the two are never told apart.</summary>
public record NotFoundError(string Message) : Refusal(Message);

/// <summary>It cannot be done in the present state.</summary>
public record ConflictError(string Message) : Refusal(Message);

/// <summary>Too much at once. <paramref name="RetryAt"/> (UTC) says when to try again, if known.</summary>
public record LimitedError(string Message, DateTimeOffset? RetryAt = null) : Refusal(Message);

/// <summary>Something outside the studio does not answer as it should.</summary>
public record UnavailableError(string Message) : Refusal(Message);

/// <summary>The result of an action that has nothing to return.</summary>
public readonly record struct Done
{
    public static readonly Done Value;
}

/// <summary>Either a value or the refusal that explains why there is none.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T value) { this.value = value; Refusal = null; }
    private Result(Refusal refusal) { value = default; Refusal = refusal; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsDone => Refusal is null;

    /// <summary>The value; asking a refusal for it is a bug.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal}");

    public bool TryGet([MaybeNullWhen(false)] out T done, [NotNullWhen(false)] out Refusal? refusal)
    {
        done = value;
        refusal = Refusal;
        return refusal is null;
    }

    public static implicit operator Result<T>(T value) => new(value);
    public static implicit operator Result<T>(Refusal refusal) => new(refusal);
    public static Result<T> Of(T value) => new(value);
    public static Result<T> Refused(Refusal refusal) => new(refusal);
}
