using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Clients;

/// <summary>Takes a service account away for good. Its tokens are over at once; its name may be given again, to another account.</summary>
internal static class RemoveClient
{
    public static void MapRemoveClient(this IEndpointRouteBuilder routes) => routes.MapDelete("/clients/{id:guid}", Handle).WithName(nameof(RemoveClient)).RequireRole(Roles.Admin).RequireRecentFactor()
        .ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, IfMatch ifMatch, HttpContext http, Caller caller, AccountStore accounts, TimeProvider time, CancellationToken ct)
    {
        if (accounts.IsDemo(id)) return AccountRequests.Demo();
        if (id == Callers.AccountOf(http.User)) return AccountRequests.OwnAccount();
        while (await accounts.FindDocumentAsync(id, AccountKind.Client, ct) is { } found)
        {
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();
            if (await accounts.RemoveAsync(found, caller.At(time.GetUtcNow()), ct)) return TypedResults.NoContent();
        }

        return Problems.NotFound("client");
    }
}
