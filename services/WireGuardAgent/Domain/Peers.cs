namespace Fleet.WireGuardAgent.Domain;

/// <summary>A peer of a WireGuard interface.</summary>
/// <param name="PublicKey">32 bytes in base64.</param>
/// <param name="AllowedIps">What it may send from, in CIDR form, as wg prints it: comma-separated, empty for nothing.</param>
internal sealed record Peer(string PublicKey, string AllowedIps)
{
    /// <summary>A peer with one address of its own and nothing else.</summary>
    public static Peer At(string publicKey, string address) => new(publicKey, $"{address}/32");
}

/// <summary>What has to be done to an interface so that it has the wanted peers.</summary>
/// <param name="Remove">Public keys of peers that nobody wants.</param>
/// <param name="Set">Peers that are missing, or may send from elsewhere than they should.</param>
internal sealed record PeerChange(IReadOnlyList<string> Remove, IReadOnlyList<Peer> Set)
{
    public bool IsNothing => Remove.Count == 0 && Set.Count == 0;
}

/// <summary>Reads and compares the peers of an interface.</summary>
internal static class Peers
{
    private const int PublicKeyField = 0;
    private const int AllowedIpsField = 3;
    private const int PeerFields = 8;

    /// <summary>
    /// Reads what <c>wg show INTERFACE dump</c> prints. The first line is the interface itself, with its private key, and is left alone.
    /// Throws <see cref="FormatException"/> when a line is not a peer. Source: wg(8), "show ... dump".
    /// </summary>
    public static IReadOnlyList<Peer> ReadDump(string dump) =>
        [.. dump.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t') switch
        {
            { Length: PeerFields } fields => new Peer(fields[PublicKeyField], fields[AllowedIpsField] is "(none)" ? "" : fields[AllowedIpsField]),
            var fields => throw new FormatException($"A peer has {PeerFields} fields in wg's dump; this line has {fields.Length}."),
        })];

    public static PeerChange Difference(IReadOnlyCollection<Peer> actual, IReadOnlyCollection<Peer> wanted)
    {
        var keys = wanted.Select(p => p.PublicKey).ToHashSet();
        return new PeerChange([.. actual.Select(p => p.PublicKey).Where(k => !keys.Contains(k))], [.. wanted.Except(actual)]);
    }

    /// <summary>
    /// The change as arguments of <c>wg set INTERFACE</c>, a bounded number of peers per call. Removals come first: whoever is to leave
    /// leaves before anybody gets their address.
    /// </summary>
    public static IEnumerable<IReadOnlyList<string>> SetArguments(PeerChange change, int peersPerCall) =>
        change.Remove.Select(string[] (key) => ["peer", key, "remove"])
            .Concat(change.Set.Select(string[] (peer) => ["peer", peer.PublicKey, "allowed-ips", peer.AllowedIps]))
            .Chunk(peersPerCall).Select(chunk => chunk.SelectMany(a => a).ToList());
}
