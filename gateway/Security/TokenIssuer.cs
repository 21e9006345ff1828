using System.Collections.Concurrent;
using System.Security.Claims;
using Fleet.Gateway.Domain;
using Fleet.Platform.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Gateway.Security;

/// <summary>Makes the two kinds of tokens: a client's access token for the gateway, and the gateway's own for the services behind it.</summary>
internal sealed class TokenIssuer(SigningKey key, TimeProvider time)
{
    /// <summary>Audience of access tokens. The services refuse it, as the gateway refuses theirs.</summary>
    public const string ClientAudience = "fleet";

    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan ForwardLifetime = TimeSpan.FromSeconds(60);

    // Signing costs more than the rest of a forwarded request; a token is used for half its life.
    private static readonly TimeSpan ForwardReuse = TimeSpan.FromSeconds(30);

    private const int ReuseAtMost = 10_000;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(key.Key, SecurityAlgorithms.EcdsaSha256);
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _forward = new();

    /// <summary>What a client sends with each request to the gateway.</summary>
    public string IssueAccess(Account client) => Issue(ClientAudience, client.Subject, client.Name, client.UsableRoles, AccessLifetime);

    /// <summary>What a service behind the gateway is shown of a caller.</summary>
    public string IssueForward(ClaimsPrincipal caller)
    {
        var subject = caller.FindFirstValue("sub")!;
        var name = caller.FindFirstValue("name") ?? subject;
        var roles = caller.FindAll("role").Select(c => c.Value).ToList();
        var now = time.GetUtcNow();
        var identity = string.Join('\n', [subject, name, .. roles]);
        if (_forward.TryGetValue(identity, out var known) && now < known.Until) return known.Token;

        if (_forward.Count >= ReuseAtMost) _forward.Clear();
        var token = Issue(TokenValidation.ServiceAudience, subject, name, roles, ForwardLifetime);
        _forward[identity] = (token, now + ForwardReuse);
        return token;
    }

    private string Issue(string audience, string subject, string name, IReadOnlyList<string> roles, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenValidation.Issuer,
            Audience = audience,
            IssuedAt = now,
            Expires = now + lifetime,
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["name"] = name, ["role"] = roles.ToArray() },
            SigningCredentials = _credentials,
        });
    }
}
