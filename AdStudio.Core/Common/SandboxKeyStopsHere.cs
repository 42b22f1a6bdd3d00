namespace AdStudio.Core.Common;

/// <summary>Held where work for a platform is allowed, where tokens are handed out and where readings are ordered: below every page and every API.</summary>
public sealed record SandboxKeyStopsHere() : ForbiddenError("This is a sandbox key, and the platforms here are real: it reads and writes what is kept in AdStudio, and reaches no platform. Use a live key.");

/// <summary>Whether the platforms behind this installation are emulated, so that nothing can spend real money.</summary>
public sealed record PlatformsHere(bool AreEmulated);
