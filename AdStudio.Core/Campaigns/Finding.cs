using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>Blocks: nothing may be launched before it is put right. LeavesOut: that platform is left out, the others go on. Warns: worth knowing.</summary>
public enum FindingSeverity { Warns, LeavesOut, Blocks }

/// <summary>Something that preflight found, with what to do about it.</summary>
/// <param name="Platform">Null when it concerns them all.</param>
/// <param name="Field">The path in the spec, camelCase ("budget.amount", "platforms[0].adAccountId").</param>
public sealed record Finding(Platform? Platform, string Field, FindingSeverity Severity, string Message);
