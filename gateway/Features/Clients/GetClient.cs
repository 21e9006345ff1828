using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Clients;

/// <summary>Shows a service account, without its secret.</summary>
internal static class GetClient
{
    public static void MapGetClient(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/clients/{id:guid}", Handle).WithName(nameof(GetClient)).RequireRole(Roles.Admin).ProducesProblem(404);

    private static async Task<Results<Resource<ClientView>, ProblemHttpResult>> Handle(Guid id, AccountStore accounts, CancellationToken ct) =>
        await accounts.FindDocumentAsync(id, AccountKind.Client, ct) is { } found ? new Resource<ClientView>(ClientView.Of(found), found.Version) : Problems.NotFound("client");
}
