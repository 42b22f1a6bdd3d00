namespace AdStudio.Core.Common;

/// <summary>One page of a longer list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Offset, int Limit)
{
    public int TotalPages => Limit <= 0 ? 0 : (Total + Limit - 1) / Limit;
    public bool HasMore => Offset + Items.Count < Total;
}
