namespace AdStudio.Sandbox.Delivery;

/// <summary>Chance that is always the same: numbers from a hash of what they belong to.</summary>
internal static class Noise
{
    public static ulong Seed(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public static double Unit(ulong seed, int salt, int day = 0) =>
        (Mix(seed ^ ((ulong)(uint)salt << 32 | (uint)day)) >> 11) * (1.0 / (1UL << 53));

    public static double Between(ulong seed, int salt, double low, double high, int day = 0) => low + (high - low) * Unit(seed, salt, day);

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
