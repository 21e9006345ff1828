using System.ComponentModel.DataAnnotations;

namespace Fleet.Portal.Web;

/// <summary>Where the services are: configuration section <c>Fleet:Services</c>, environment <c>Fleet__Services__…</c>.</summary>
internal sealed class PortalOptions
{
    public const string Section = "Fleet:Services";

    /// <summary>Devices.</summary>
    [Required, Url]
    public string Inventory { get; set; } = "http://127.0.0.1:8081";

    /// <summary>People, units, kits, hand-overs and cases.</summary>
    [Required, Url]
    public string Assignment { get; set; } = "http://127.0.0.1:8082";

    /// <summary>VPN gateways and accesses.</summary>
    [Required, Url]
    public string Provisioning { get; set; } = "http://127.0.0.1:8083";

    /// <summary>The log, and the figures counted from it.</summary>
    [Required, Url]
    public string Audit { get; set; } = "http://127.0.0.1:8084";

    /// <summary>The service that answers an address like <c>api/inventory/devices</c>.</summary>
    public Uri AddressOf(string path)
    {
        var service = path.Split('/', 3)[1] switch
        {
            "inventory" => Inventory,
            "assignment" => Assignment,
            "provisioning" => Provisioning,
            "audit" => Audit,
            var other => throw new ArgumentException($"No service answers {other}.", nameof(path)),
        };
        return new Uri(new Uri(service.TrimEnd('/') + "/"), path);
    }
}
