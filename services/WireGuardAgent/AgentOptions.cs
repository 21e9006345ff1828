using System.ComponentModel.DataAnnotations;

namespace Fleet.WireGuardAgent;

/// <summary>What the agent is told at its start: configuration section <c>Agent</c>, environment <c>Agent__…</c>.</summary>
internal sealed class AgentOptions : IValidatableObject
{
    public const string Section = "Agent";

    /// <summary>Where Fleet's gateway is. The client's secret goes there: https, or this very machine.</summary>
    [Required]
    public Uri? Fleet { get; set; }

    /// <summary>The VPN gateway's id in Fleet.</summary>
    [Required]
    public Guid? GatewayId { get; set; }

    /// <summary>A file with <c>{"clientId": "…", "clientSecret": "…"}</c>: a service account in role it.</summary>
    [Required]
    public string? Credentials { get; set; }

    /// <summary>The WireGuard interface. Its peers belong to the agent alone.</summary>
    [RegularExpression("[A-Za-z0-9_=+.-]{1,15}")]
    public string Interface { get; set; } = "wg0";

    /// <summary>The wg program.</summary>
    [Required]
    public string Wg { get; set; } = "wg";

    /// <summary>How long Fleet may hold an answer back until something changes, in seconds. Peers are compared at least this often.</summary>
    [Range(1, 60)]
    public int WaitSeconds { get; set; } = 50;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Fleet is { IsAbsoluteUri: true } fleet && (fleet.Scheme == Uri.UriSchemeHttps || (fleet.Scheme == Uri.UriSchemeHttp && fleet.IsLoopback))) yield break;
        yield return new ValidationResult("Agent:Fleet must be an https address, or http on this machine.", [nameof(Fleet)]);
    }
}
