using System.Text.Json.Serialization;
using Fleet.Gateway.Security;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Tokens;

namespace Fleet.Gateway.Features.Keys;

/// <summary>Publishes what is needed to validate the gateway's tokens. Source: OpenID Connect Discovery 1.0, section 3; RFC 8414.</summary>
internal static class PublishKeys
{
    public static void MapPublishKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openid-configuration", Configuration).WithName(nameof(PublishKeys)).AllowAnonymous();
        routes.MapGet("/jwks.json", Keys).WithName("PublishKeySet").AllowAnonymous();
    }

    private static Ok<Discovery> Configuration(HttpRequest request)
    {
        // The address it was asked at: services and clients may reach the gateway under different names.
        var here = $"{request.Scheme}://{request.Host}";
        return TypedResults.Ok(new Discovery(TokenValidation.Issuer, $"{here}/.well-known/jwks.json", $"{here}/auth/token", ["client_credentials"], ["client_secret_basic", "client_secret_post"], [], [SecurityAlgorithms.EcdsaSha256]));
    }

    private static Ok<KeySet> Keys(SigningKey key) => TypedResults.Ok(new KeySet([key.Public]));

    internal sealed record Discovery(
        [property: JsonPropertyName("issuer")] string Issuer,
        [property: JsonPropertyName("jwks_uri")] string JwksUri,
        [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
        [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
        [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> TokenEndpointAuthMethods,
        [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
        [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> SigningAlgorithms);

    internal sealed record KeySet(IReadOnlyList<SigningKey.PublicKey> Keys);
}
