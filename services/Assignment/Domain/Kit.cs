using System.Text.Json.Serialization;

namespace Fleet.Assignment.Domain;

/// <summary>What a kit can hold: kinds of devices, a VPN access, software.</summary>
internal enum ItemKind
{
    Laptop,
    Desktop,
    Dock,
    Monitor,
    Phone,
    Tablet,
    Headset,
    Token,
    Other,
    Vpn,
    Software,
}

/// <summary>One line of a kit.</summary>
/// <param name="Kind">What is needed.</param>
/// <param name="Name">Which one, for people to read.</param>
/// <param name="Count">How many.</param>
/// <param name="Optional">Whether a person is ready without it.</param>
internal sealed record KitItem(ItemKind Kind, string? Name, int Count, bool Optional)
{
    /// <summary>Nobody tells Fleet yet that software is installed, so no case waits for it.</summary>
    [JsonIgnore]
    public bool IsAwaited => !Optional && Kind != ItemKind.Software;
}

/// <summary>What a person of some function gets. A kit never changes; a new need is a new kit.</summary>
internal sealed record Kit(Guid KitId, string Name, IReadOnlyList<KitItem> Items)
{
    [JsonIgnore]
    public bool HoldsVpn => Items.Any(i => i.Kind == ItemKind.Vpn);
}
