using System.Collections.Concurrent;
using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Gateway.Security;

/// <summary>
/// Makes the three kinds of tokens: a client's access token for the gateway, the gateway's own for the services behind it, and the one with which the portal
/// asks for the gateway's own resources as its reader.
/// </summary>
internal sealed class TokenIssuer(SigningKey key, TimeProvider time)
{
    /// <summary>Audience of access tokens. The services refuse it, as the gateway refuses theirs.</summary>
    public const string ClientAudience = "fleet";

    /// <summary>Audience of the tokens that the portal brings back here.</summary>
    public const string AccountsAudience = "fleet-accounts";

    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan ForwardLifetime = TimeSpan.FromSeconds(60);

    // Signing costs more than the rest of a forwarded request; a token is used for half its life.
    private static readonly TimeSpan ForwardReuse = TimeSpan.FromSeconds(30);

    private const int ReuseAtMost = 10_000;

    // What a service may know of the caller; the stamp stays here.
    private static readonly string[] Forwarded = ["sub", "name", Callers.AccountClaim, Caller.PersonClaim];

    // Who it was and what must still hold of them; what they may do is read again when it comes back.
    private static readonly string[] BroughtBack = ["sub", Callers.StampClaim, Callers.SessionClaim];

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(key.Key, SecurityAlgorithms.EcdsaSha256);
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _forward = new();

    /// <summary>What a client sends with each request to the gateway. It is over when the account's stamp changes.</summary>
    public string IssueAccess(Account client) => Issue(ClientAudience, Callers.ClaimsOf(client).ToList(), AccessLifetime);

    /// <summary>What a service behind the gateway is shown of a caller.</summary>
    public string IssueForward(ClaimsPrincipal caller) => Reused(TokenValidation.ServiceAudience, caller, c => c.Type == "role" || Forwarded.Contains(c.Type));

    /// <summary>What the portal is given to ask for accounts and sessions as its reader.</summary>
    public string IssueForAccounts(ClaimsPrincipal caller) => Reused(AccountsAudience, caller, c => BroughtBack.Contains(c.Type));

    private string Reused(string audience, ClaimsPrincipal caller, Func<Claim, bool> isSaid)
    {
        var now = time.GetUtcNow();
        // With the stamp: what was signed before an account changed is not used after it.
        var identity = string.Join('\n', caller.Claims.Select(c => $"{c.Type} {c.Value}").Prepend(audience));
        if (_forward.TryGetValue(identity, out var known) && now < known.Until) return known.Token;

        if (_forward.Count >= ReuseAtMost) _forward.Clear();
        var token = Issue(audience, [.. caller.Claims.Where(isSaid)], ForwardLifetime);
        _forward[identity] = (token, now + ForwardReuse);
        return token;
    }

    private string Issue(string audience, IReadOnlyList<Claim> claims, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var content = claims.Where(c => c.Type != "role").ToDictionary(c => c.Type, object (c) => c.Value);
        content["role"] = claims.Where(c => c.Type == "role").Select(c => c.Value).ToArray();
        // No "not before": a service's clock may be behind. That it may be ahead is what the validation's leeway is for.
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenValidation.Issuer,
            Audience = audience,
            IssuedAt = now,
            Expires = now + lifetime,
            Claims = content,
            SigningCredentials = _credentials,
        });
    }
}
