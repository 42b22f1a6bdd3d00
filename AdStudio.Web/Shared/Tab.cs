namespace AdStudio.Web.Shared;

/// <summary>One of the <see cref="Tabs"/>; the first one is what the bare address shows.</summary>
public sealed record Tab(string Key, string Title, int? Count = null);
