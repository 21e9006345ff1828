using Fleet.Gateway.Domain;
using Fleet.Platform.Security;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway;

/// <summary>The identity provider that people may sign in at: <c>Fleet:OpenIdConnect</c>. Left out: there is none.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "Fleet:OpenIdConnect";

    private static readonly char[] BetweenRoles = [',', ' '];

    /// <summary>The issuer; its discovery document lies below it.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What the provider calls Fleet.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Fleet's secret there.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A file that holds the secret instead.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What people call the provider; stands on the sign-in page.</summary>
    public string Name { get; set; } = "";

    // The binder adds to a list that is there: no default here, or it could not be taken away.
    /// <summary>What is asked for; left out: openid and profile.</summary>
    public string[]? Scopes { get; set; }

    public ClaimNames Claims { get; } = new();

    /// <summary>
    /// Which roles a group gives, separated by commas or spaces: the group is the key. One whose name no environment variable can hold stands in the value, before the
    /// last equals sign (<c>RoleMap__0=/fleet/it=it auditor</c>).
    /// </summary>
    public Dictionary<string, string> RoleMap { get; } = [];

    /// <summary>Discovery only over TLS. False only while the provider is on this machine.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>Whoever comes from the provider counts as having given a second factor there. False: only if the provider says so (amr).</summary>
    public bool TrustProvidersFactor { get; set; } = true;

    public IReadOnlyList<string> AllScopes => Scopes ?? ["openid", "profile"];

    /// <summary>The claims' names and the groups' roles.</summary>
    public ClaimsMap ToMap() => new()
    {
        UserName = Claims.UserName,
        Name = Claims.Name,
        Groups = Claims.Groups,
        Roles = Entries().GroupBy(e => e.Group).ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g.SelectMany(e => e.Roles).Distinct()]),
    };

    /// <summary>The secret, wherever it lies.</summary>
    public string ReadSecret() => ClientSecret ?? File.ReadAllText(ClientSecretFile!).Trim();

    /// <summary>What is wrong with it, in a sentence; null: nothing.</summary>
    public string? Fault()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || authority.Scheme is not ("http" or "https")) return $"{Section}:Authority is not the address of a provider.";
        if (!RequireHttpsMetadata && !authority.IsLoopback) return $"{Section}:RequireHttpsMetadata may be false only for a provider on this machine.";
        if (RequireHttpsMetadata && authority.Scheme != "https") return $"{Section}:Authority has to begin with https.";
        if (ClientId.Length == 0) return $"{Section}:ClientId is missing.";
        if (Name.Trim().Length is 0 or > 60) return $"{Section}:Name, which stands on the sign-in page, is missing or longer than 60 characters.";
        if (string.IsNullOrEmpty(ClientSecret) == string.IsNullOrEmpty(ClientSecretFile)) return $"{Section} needs either ClientSecret or ClientSecretFile.";
        if (!string.IsNullOrEmpty(ClientSecretFile) && !HoldsText(ClientSecretFile)) return $"{Section}:ClientSecretFile cannot be read, or is empty.";
        if (!AllScopes.Contains("openid")) return $"{Section}:Scopes has to hold openid.";
        if (new[] { Claims.UserName, Claims.Name, Claims.Groups }.Any(string.IsNullOrWhiteSpace)) return $"{Section}:Claims holds an empty name.";
        if (Entries().FirstOrDefault(e => e.Group.Length == 0 || e.Roles.Count == 0 || e.Roles.Any(r => !Roles.All.Contains(r))) is { } bad)
            return $"{Section}:RoleMap gives the group \"{bad.Group}\" what is no role: one of {string.Join(", ", Roles.All)}.";
        return null;
    }

    private IEnumerable<Entry> Entries() => RoleMap.Select(e => e.Value.LastIndexOf('=') is >= 0 and var split ? EntryOf(e.Value[..split].Trim(), e.Value[(split + 1)..]) : EntryOf(e.Key, e.Value));

    private static Entry EntryOf(string group, string roles) => new(group, roles.Split(BetweenRoles, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static bool HoldsText(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim().Length > 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed record Entry(string Group, IReadOnlyList<string> Roles);

    /// <summary>What the provider calls the claims that are read.</summary>
    internal sealed class ClaimNames
    {
        public string UserName { get; set; } = "preferred_username";

        public string Name { get; set; } = "name";

        public string Groups { get; set; } = "groups";
    }
}

/// <summary>Stops the start with what is wrong.</summary>
internal sealed class ProviderCheck : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options) => options.OpenIdConnect?.Fault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
