namespace AdStudio.Core.Common;

/// <summary>Where people reach the studio: for links in mail and for callbacks. Never taken from a request, because its Host header is the sender's word.</summary>
public sealed class StudioAddress(Func<Uri> find)
{
    private readonly Lazy<Uri> address = new(find);

    public Uri Root => address.Value;

    public string Of(string path) => new Uri(address.Value, path).ToString();
}
