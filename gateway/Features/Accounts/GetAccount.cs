using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>Shows a person's account.</summary>
internal static class GetAccount
{
    public static void MapGetAccount(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accounts/{id:guid}", Handle).WithName(nameof(GetAccount)).RequireRole(Roles.Admin).ProducesProblem(404);

    private static async Task<Results<Resource<AccountView>, ProblemHttpResult>> Handle(Guid id, AccountStore accounts, CancellationToken ct) =>
        await accounts.FindDocumentAsync(id, AccountKind.Person, ct) is { } found ? new Resource<AccountView>(AccountView.Of(found), found.Version) : Problems.NotFound("account");
}
