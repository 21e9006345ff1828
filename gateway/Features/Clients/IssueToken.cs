using System.Text.Json.Serialization;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Gateway.Limits;
using Fleet.Gateway.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Gateway.Features.Clients;

/// <summary>Gives a service account an access token for its secret: OAuth 2 client credentials. Source: RFC 6749, sections 4.4, 5.1 and 5.2.</summary>
internal static class IssueToken
{
    public static void MapIssueToken(this IEndpointRouteBuilder routes) => routes.MapPost("/token", Handle).WithName(nameof(IssueToken)).AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(Form.MaxBytes)).Accepts<Request>(Form.ContentType).Produces<Denial>(400).Produces<Denial>(401).ProducesProblem(429);

    private static async Task<Results<Ok<Token>, JsonHttpResult<Denial>, ProblemHttpResult>> Handle(
        HttpContext http, AccountStore accounts, GuessLimits limits, RefusalLog refusals, TokenIssuer issuer)
    {
        // RFC 6749, section 5.1: also for refusals, which say whether a secret is right.
        http.Response.Headers.CacheControl = "no-store";
        if (await Form.ReadAsync(http) is not { } form) return Refuse("invalid_request", "Send a form (application/x-www-form-urlencoded).");

        string? id = form["client_id"], secret = form["client_secret"];
        if (http.Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            if (secret is not null) return Refuse("invalid_request", "Send the secret in the header or in the form, not in both.");
            if (!BasicCredentials.TryParse(header, out id, out secret)) return RefuseClient(http, "The Authorization header is not HTTP Basic.");
        }

        if (form["grant_type"] is not [{ Length: > 0 } grant]) return Refuse("invalid_request", "Send one grant_type.");
        if (grant != "client_credentials") return Refuse("unsupported_grant_type", "Only client_credentials is supported.");

        using var guess = await limits.BeginAsync(ClientNetwork.Of(http.Connection.RemoteIpAddress), http.RequestAborted);
        var client = id is null or { Length: > 100 } ? null : await accounts.FindAsync(id, AccountKind.Client, http.RequestAborted);
        if (guess.Refusal != Refusal.None)
        {
            refusals.Count(client?.AccountId, "locked");
            return RequestLimits.TooMany(http, guess.Wait, "Too many wrong secrets from this address.");
        }

        if (!AccountStore.Verify(client, secret ?? ""))
        {
            guess.Wrong();
            refusals.Count(client?.AccountId, "credentials");
            return RefuseClient(http, "There is no such client, or its secret is another.");
        }

        if (!client!.IsOpen)
        {
            refusals.Count(client.AccountId, "disabled");
            return RefuseClient(http, "This client is disabled.");
        }

        return TypedResults.Ok(new Token(issuer.IssueAccess(client), "Bearer", (int)TokenIssuer.AccessLifetime.TotalSeconds));
    }

    private static JsonHttpResult<Denial> RefuseClient(HttpContext http, string description)
    {
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"fleet\"";
        return Refuse("invalid_client", description, StatusCodes.Status401Unauthorized);
    }

    private static JsonHttpResult<Denial> Refuse(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Json(new Denial(error, description), statusCode: status);

    /// <param name="GrantType">client_credentials.</param>
    /// <param name="ClientId">Unless HTTP Basic carries it.</param>
    /// <param name="ClientSecret">Unless HTTP Basic carries it.</param>
    internal sealed record Request(
        [property: JsonPropertyName("grant_type")] string GrantType,
        [property: JsonPropertyName("client_id")] string? ClientId,
        [property: JsonPropertyName("client_secret")] string? ClientSecret);

    /// <param name="AccessToken">Send it as Authorization: Bearer.</param>
    /// <param name="TokenType">Bearer.</param>
    /// <param name="ExpiresIn">Seconds.</param>
    internal sealed record Token(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);

    /// <param name="Error">One of RFC 6749, section 5.2.</param>
    /// <param name="Description">For people.</param>
    internal sealed record Denial([property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description);
}
