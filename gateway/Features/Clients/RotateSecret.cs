using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Clients;

/// <summary>Gives a service account a new secret and says it, once. The old one and its tokens are over at once.</summary>
internal static class RotateSecret
{
    public static void MapRotateSecret(this IEndpointRouteBuilder routes) => routes.MapPost("/clients/{id:guid}/rotate", Handle).WithName(nameof(RotateSecret)).RequireRole(Roles.Admin).RequireRecentFactor()
        .ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);

    private static async Task<Results<Resource<NewSecret>, ProblemHttpResult>> Handle(
        Guid id, IfMatch ifMatch, Caller caller, AccountStore accounts, TimeProvider time, CancellationToken ct)
    {
        if (accounts.IsDemo(id)) return AccountRequests.Demo();
        var secret = Secrets.ForClient();
        var hash = AccountStore.Hash(secret);
        while (await accounts.FindDocumentAsync(id, AccountKind.Client, ct) is { } found)
        {
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();
            if (await accounts.ChangeAsync(found, found.State.WithSecret(hash), ["secretRotated"], caller.At(time.GetUtcNow()), ct) is { } changed)
                return new Resource<NewSecret>(new NewSecret(id, changed.State.Subject, secret), changed.Version);
        }

        return Problems.NotFound("client");
    }

    /// <param name="Id">The service account.</param>
    /// <param name="ClientId">For /auth/token.</param>
    /// <param name="ClientSecret">For /auth/token. Not kept in a readable form.</param>
    internal sealed record NewSecret(Guid Id, string ClientId, string ClientSecret);
}
