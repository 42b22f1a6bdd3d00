using System.Net;
using System.Net.Sockets;

namespace AdStudio.Infrastructure.Media;

/// <summary>Which addresses are out on the internet, as opposed to inside somebody's own network.</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "::ffff:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        // NAT64 carries an IPv4 address in its last four bytes: that one counts.
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && IPNetwork.Parse("64:ff9b::/96").Contains(address)) address = new IPAddress(address.GetAddressBytes().AsSpan(12));
        return !Array.Exists(Inside, network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
    }
}
