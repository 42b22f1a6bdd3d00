using AdStudio.Core.Common;

namespace AdStudio.Core.Creatives;

public sealed record CreativeNotFound() : NotFoundError("This creative does not exist.");

public sealed record MediaNotFound() : NotFoundError("This file does not exist.");

public sealed record CreativeWorkspaceNotFound() : NotFoundError("This workspace does not exist.");

public sealed record CreativesNeedManager() : ForbiddenError("Creatives are made by people who manage an ad account of this workspace. Ask a team's admin for manager access.");

public sealed record CreativeChangedMeanwhile(string Name) : ConflictError($"Somebody else has changed “{Name}” since you opened it. Look at their version before you save yours.");

public sealed record CreativeVersionNotFound(int Number) : NotFoundError($"This creative has no version {Number}.");

/// <param name="Campaigns">Those that run, by name.</param>
public sealed record CreativeRuns(string Name, IReadOnlyList<string> Campaigns)
    : ConflictError($"“{Name}” runs in {Joined(Campaigns)}. Pause {(Campaigns.Count == 1 ? "it" : "them")} or choose another creative there, then delete this one.")
{
    private static string Joined(IReadOnlyList<string> names)
    {
        var quoted = names.Take(4).Select(n => $"“{n}”").ToList();
        if (names.Count > 4) quoted.Add($"{names.Count - 4} more");
        return quoted.Count == 1 ? quoted[0] : $"{string.Join(", ", quoted.SkipLast(1))} and {quoted[^1]}";
    }
}

public sealed record CreativeKeyTaken(string Key) : InvalidError("id", $"Another creative has the id “{Key}” already.");

// ---- media -------------------------------------------------------------------

public sealed record MediaEmpty() : InvalidError("file", "This file is empty.");

public sealed record MediaTooLarge(string What, long MaxBytes) : InvalidError("file", $"This {What} is too large: at most {MaxBytes / 1_000_000} MB can be used.");

public sealed record NotMedia() : InvalidError("file", "This is not an image or a video that ads can use. Choose a JPEG, PNG, GIF or WebP image, or an MP4 or MOV video.");

public sealed record TooManyPixels(int Width, int Height, long Max) : InvalidError("file", $"This image has {Width:N0} × {Height:N0} pixels. Make it smaller: at most {Max / 1_000_000} million pixels can be used.");

public sealed record UrlNotUsable(string Why) : InvalidError("url", Why);

public sealed record UrlUnreachable(string Host, string Why) : UnavailableError($"{Host} did not give the file: {Why}");
