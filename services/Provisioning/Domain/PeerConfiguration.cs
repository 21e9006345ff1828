namespace Fleet.Provisioning.Domain;

/// <summary>What a peer puts into its wg-quick file. Source: wg-quick(8) and wg(8), "CONFIGURATION FILE FORMAT EXAMPLE".</summary>
internal static class PeerConfiguration
{
    /// <summary>Keeps the way through address translation open. Source: wg(8), PersistentKeepalive, "a sensible interval ... is 25 seconds".</summary>
    private const int KeepaliveSeconds = 25;

    /// <summary>The file of an active access; the private key is left to whoever has it.</summary>
    public static string Of(Access access, Gateway gateway)
    {
        List<string> lines =
        [
            "[Interface]",
            $"# Put in the private key that belongs to {access.PublicKey}. Fleet never sees it.",
            "PrivateKey = <private key>",
            $"Address = {access.Address}/32",
            .. gateway.Dns.Count == 0 ? (string[])[] : [$"DNS = {string.Join(", ", gateway.Dns)}"],
            "",
            "[Peer]",
            $"PublicKey = {gateway.PublicKey}",
            $"Endpoint = {gateway.Endpoint}",
            $"AllowedIPs = {string.Join(", ", gateway.AllowedIps)}",
            $"PersistentKeepalive = {KeepaliveSeconds}",
            "",
        ];
        return string.Join('\n', lines);
    }
}
