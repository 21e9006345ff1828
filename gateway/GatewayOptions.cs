using System.ComponentModel.DataAnnotations;
using Fleet.Platform;

namespace Fleet.Gateway;

/// <summary>What only the gateway is told: beside <see cref="FleetOptions"/>, in the same section <c>Fleet</c>.</summary>
internal sealed class GatewayOptions
{
    /// <summary>Where the gateway listens unless told otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Accounts with the password "demo"; only while every address listened on is a loopback address.</summary>
    public bool Demo { get; set; }

    /// <summary>Where each service is: name to URL.</summary>
    public Dictionary<string, string> Services { get; } = new()
    {
        ["inventory"] = "http://127.0.0.1:8081",
        ["assignment"] = "http://127.0.0.1:8082",
        ["provisioning"] = "http://127.0.0.1:8083",
        ["audit"] = "http://127.0.0.1:8084",
        ["portal"] = "http://127.0.0.1:8085",
    };

    /// <summary>Addresses of reverse proxies (that end TLS) whose X-Forwarded-For and X-Forwarded-Proto are believed. Nobody else's are.</summary>
    public string[] TrustedProxies { get; set; } = [];

    public LimitOptions Limits { get; } = new();

    public SecondFactorOptions SecondFactor { get; } = new();

    /// <summary>Where people may sign in besides; null: nowhere.</summary>
    public ProviderOptions? OpenIdConnect { get; set; }

    /// <summary>Whether every service has a usable address.</summary>
    public bool HasAllAddresses() => Services.Values.All(s => Uri.TryCreate(s, UriKind.Absolute, out var url) && url.Scheme is "http" or "https");

    /// <summary>Whether every limit makes sense; annotations of nested options are not looked at otherwise.</summary>
    public bool HasGoodLimits() => Validator.TryValidateObject(Limits, new ValidationContext(Limits), null, validateAllProperties: true);
}

/// <summary>Who has to prove more than that they know a password.</summary>
internal sealed class SecondFactorOptions
{
    // The binder adds to a list that is there: no default here, or it could not be taken away.
    /// <summary>Roles that no person's account uses without a second factor; given empty: none. Not given: admin.</summary>
    public string[]? RequiredFor { get; set; }

    public IReadOnlyList<string> Roles => RequiredFor ?? [Platform.Security.Roles.Admin];

    /// <summary>Whether all of them are roles.</summary>
    public bool HasGoodRoles() => Roles.All(Platform.Security.Roles.All.Contains);
}

/// <summary>How much the gateway lets through.</summary>
internal sealed class LimitOptions
{
    /// <summary>Largest request body.</summary>
    [Range(1, int.MaxValue)]
    public int BodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a service may be silent while it answers.</summary>
    [Range(1, 3600)]
    public double AnswerSeconds { get; set; } = 30;

    /// <summary>How long it may be silent where waiting is the point (the VPN agent's long poll).</summary>
    [Range(1, 3600)]
    public double WaitSeconds { get; set; } = 330;

    /// <summary>Requests of one signed-in person or service account: sustained. Loading a county pushes thousands.</summary>
    [Range(1, int.MaxValue)]
    public int CallerPerSecond { get; set; } = 1000;

    /// <summary>Requests of one signed-in person or service account: at once.</summary>
    [Range(1, int.MaxValue)]
    public int CallerBurst { get; set; } = 5000;

    /// <summary>Requests from one network address that say not who they are: sustained.</summary>
    [Range(1, int.MaxValue)]
    public int AnonymousPerSecond { get; set; } = 100;

    /// <summary>Requests from one network address that say not who they are: at once.</summary>
    [Range(1, int.MaxValue)]
    public int AnonymousBurst { get; set; } = 500;

    /// <summary>Wrong passwords and secrets from one network address in a minute.</summary>
    [Range(1, int.MaxValue)]
    public int WrongPerAddressAndMinute { get; set; } = 20;

    /// <summary>Wrong passwords and codes for one user name from one sender before the wait grows. From all strangers together five times as many.</summary>
    [Range(1, int.MaxValue)]
    public int WrongPerAccount { get; set; } = 5;
}
