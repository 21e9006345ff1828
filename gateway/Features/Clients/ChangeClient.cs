using System.ComponentModel.DataAnnotations;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Clients;

/// <summary>Gives a service account other roles, disables or enables it. Each ends its tokens at once.</summary>
internal static class ChangeClient
{
    public static void MapChangeClient(this IEndpointRouteBuilder routes) => routes.MapPatch("/clients/{id:guid}", Handle).WithName(nameof(ChangeClient)).RequireRole(Roles.Admin).RequireRecentFactor()
        .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);

    private static async Task<Results<Resource<ClientView>, ProblemHttpResult>> Handle(
        Guid id, Body<Request> body, IfMatch ifMatch, HttpContext http, Caller caller, AccountStore accounts, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        if (request.Roles is not null && AccountRequests.IfUnknown(request.Roles) is { } problem) return problem;
        if (accounts.IsDemo(id)) return AccountRequests.Demo();

        while (await accounts.FindDocumentAsync(id, AccountKind.Client, ct) is { } found)
        {
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();
            var (after, changes) = found.State.With(request.Roles is null ? null : [.. request.Roles.Distinct()], request.Disabled);
            if (id == Callers.AccountOf(http.User) && (after.IsDisabled || !after.Roles.Contains(Roles.Admin))) return AccountRequests.OwnAccount();
            if (await accounts.ChangeAsync(found, after, changes, caller.At(time.GetUtcNow()), ct) is { } changed)
                return new Resource<ClientView>(ClientView.Of(changed), changed.Version);
        }

        return Problems.NotFound("client");
    }

    /// <param name="Roles">All that it is to have; left out: as they are.</param>
    /// <param name="Disabled">Whether it gets no tokens; left out: as it is.</param>
    internal sealed record Request([property: MinLength(1), MaxLength(10)] IReadOnlyList<string>? Roles, bool? Disabled);
}
