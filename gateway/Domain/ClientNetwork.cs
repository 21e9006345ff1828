using System.Net;
using System.Net.Sockets;

namespace Fleet.Gateway.Domain;

/// <summary>What counts as one sender: an IPv4 address, or the /64 that one IPv6 subscriber has.</summary>
internal static class ClientNetwork
{
    public static string Of(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
