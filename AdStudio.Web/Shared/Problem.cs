using AdStudio.Core.Common;

namespace AdStudio.Web.Shared;

/// <summary>What a page has to say about something that did not work. Fields are shown beside the fields, the rest in a box.</summary>
public sealed record Problem(string Title, string? Text = null, string Tone = "bad", IReadOnlyList<FieldProblem>? Fields = null)
{
    public static Problem Of(Refusal refusal) => refusal switch
    {
        InvalidError invalid => new(invalid.Message, Fields: invalid.Fields),
        LimitedError { RetryAt: { } at } => new(refusal.Message, $"Try again at {at.UtcDateTime.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)} UTC.", "warn"),
        ConflictError or LimitedError or UnavailableError => new(refusal.Message, Tone: "warn"),
        _ => new(refusal.Message),
    };

    public static Problem Unexpected(string reference) =>
        new("Something went wrong", $"Nothing you saved is lost. Try again; if it happens again, tell your admin this reference: {reference}.");
}
