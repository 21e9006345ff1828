using System.Text.Json;

namespace Fleet.Gateway.Domain;

/// <summary>Whether a provider's claims say enough.</summary>
internal enum ClaimsVerdict
{
    Complete,

    /// <summary>There is no user name, or one that no account can have.</summary>
    NoUserName,

    /// <summary>The groups are not in the claims but to be fetched from somewhere else. Source: OpenID Connect Core, section 5.6.2.</summary>
    GroupsElsewhere,
}

/// <summary>Reads who somebody is, and which roles they have, out of what a provider says of them.</summary>
internal sealed record ClaimsMap
{
    // RFC 8176, section 2: what a password alone never is. "mfa" says it of a combination.
    private static readonly string[] Factors = ["mfa", "otp", "hwk", "swk", "sc", "pop", "fpt", "face", "iris", "retina", "vbm"];

    /// <summary>The claim that holds the user name.</summary>
    public string UserName { get; init; } = "preferred_username";

    /// <summary>The claim that holds the name for people to read.</summary>
    public string Name { get; init; } = "name";

    /// <summary>The claim that holds the groups: a text or a list of texts.</summary>
    public string Groups { get; init; } = "groups";

    /// <summary>Roles of each group, which are compared letter by letter.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Roles { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <param name="idToken">The ID token's claims, validated.</param>
    /// <param name="userInfo">What the provider says besides; it counts for what the token leaves out.</param>
    public (ClaimsVerdict Verdict, ExternalIdentity? Identity) Read(JsonElement idToken, JsonElement? userInfo)
    {
        JsonElement[] sources = userInfo is { ValueKind: JsonValueKind.Object } more ? [idToken, more] : [idToken];
        if (Text(UserName) is not { } userName || !Domain.UserName.IsGood(userName)) return (ClaimsVerdict.NoUserName, null);
        if (sources.Any(PointsElsewhere)) return (ClaimsVerdict.GroupsElsewhere, null);

        var groups = Texts(Find(Groups));
        return (ClaimsVerdict.Complete, new ExternalIdentity
        {
            Link = new ExternalLink(idToken.GetProperty("iss").GetString()!, idToken.GetProperty("sub").GetString()!),
            UserName = userName,
            Name = Text(Name) is { Length: <= 200 } name ? name : userName,
            Roles = [.. groups.SelectMany(g => Roles.GetValueOrDefault(g) ?? []).Distinct()],
            // Of the sign-in itself; what is said of the person later says nothing of it.
            HasFactor = idToken.TryGetProperty("amr", out var methods) && Texts(methods).Any(Factors.Contains),
        });

        JsonElement? Find(string claim) => sources.Select(s => s.TryGetProperty(claim, out var value) ? value : (JsonElement?)null).FirstOrDefault(v => v is not null);

        string? Text(string claim) => Texts(Find(claim)) is [{ Length: > 0 } text] ? text : null;
    }

    private bool PointsElsewhere(JsonElement claims) =>
        claims.TryGetProperty("_claim_names", out var names) && names.ValueKind == JsonValueKind.Object && names.TryGetProperty(Groups, out _);

    private static IReadOnlyList<string> Texts(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!.Trim()],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)],
        _ => [],
    };
}
