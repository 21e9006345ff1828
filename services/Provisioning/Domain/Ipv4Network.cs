using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Fleet.Provisioning.Domain;

/// <summary>An IPv4 network in CIDR form, with the addresses it has for peers.</summary>
/// <param name="Base">The network's own address.</param>
/// <param name="PrefixLength">8 to 30; a larger network is a mistake, a smaller one has no room for gateway and peer.</param>
internal readonly record struct Ipv4Network(uint Base, int PrefixLength)
{
    private const int ShortestPrefix = 8;
    private const int LongestPrefix = 30;

    /// <summary>The gateway itself takes the first host address.</summary>
    public const long GatewayOffset = 1;

    /// <summary>The first address for a peer, counted from <see cref="Base"/>.</summary>
    public const long FirstPeerOffset = 2;

    /// <summary>The last address for a peer; the one after it is the broadcast address.</summary>
    public long LastPeerOffset => Size - 2;

    private long Size => 1L << (32 - PrefixLength);

    /// <summary>Reads 10.20.0.0/22; false for another form, a prefix out of bounds or an address with host bits.</summary>
    public static bool TryParse(string? text, out Ipv4Network network)
    {
        network = default;
        if (text?.Split('/') is not [var address, var prefix]
            || !IPAddress.TryParse(address, out var ip) || ip.ToString() != address || ip.GetAddressBytes() is not { Length: 4 } bytes
            || !int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length is < ShortestPrefix or > LongestPrefix || prefix != length.ToString(CultureInfo.InvariantCulture))
        {
            return false;
        }

        var parsed = new Ipv4Network(BinaryPrimitives.ReadUInt32BigEndian(bytes), length);
        if (parsed.Base % parsed.Size != 0) return false;
        network = parsed;
        return true;
    }

    /// <summary>Reads what is known to be a network; throws <see cref="FormatException"/> for anything else.</summary>
    public static Ipv4Network Parse(string text) => TryParse(text, out var network) ? network : throw new FormatException($"{text} is not an IPv4 network.");

    /// <summary>Whether any address lies in both.</summary>
    public bool Overlaps(Ipv4Network other) => Base < other.Base + other.Size && other.Base < Base + Size;

    /// <summary>The address at this distance from <see cref="Base"/>.</summary>
    public string AddressAt(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Size);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(Base + offset));
        return new IPAddress(bytes).ToString();
    }

    public override string ToString() => $"{AddressAt(0)}/{PrefixLength}";
}
