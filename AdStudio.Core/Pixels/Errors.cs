using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Pixels;

public sealed record PixelNotFound() : NotFoundError("There is no such pixel on this account.");

public sealed record PixelNeedsManager(string Account) : ForbiddenError($"You may look at {Account}, but not change it. Ask an admin of your team for the manager role.");

public sealed record PixelAskedMeanwhile(string Name) : ConflictError($"Somebody else decided on “{Name}” in the same moment. Look at it again.");

public sealed record NoPixels(Platform Platform) : ConflictError($"{Platform} has no pixels that programs can list or make.");

public sealed record NoServerConversions(Platform Platform) : ConflictError($"{Platform} takes no conversions from a server here.");

public sealed record ConversionsAreOff(string Pixel) : ConflictError($"Conversions from the server are switched off for “{Pixel}”. Switch them on first.");
