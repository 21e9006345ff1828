using System.ComponentModel.DataAnnotations;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>Gives a person's account other roles, disables or enables it. Each ends its sessions at once.</summary>
internal static class ChangeAccount
{
    public static void MapChangeAccount(this IEndpointRouteBuilder routes) => routes.MapPatch("/accounts/{id:guid}", Handle).WithName(nameof(ChangeAccount)).RequireRole(Roles.Admin).RequireRecentFactor()
        .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);

    private static async Task<Results<Resource<AccountView>, ProblemHttpResult>> Handle(
        Guid id, Body<Request> body, IfMatch ifMatch, HttpContext http, Caller caller, AccountStore accounts, IDocumentStore store, FleetCalendar calendar, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        if (request.Roles is not null && AccountRequests.IfUnknown(request.Roles) is { } problem) return problem;
        if (accounts.IsDemo(id)) return AccountRequests.Demo();

        while (await accounts.FindDocumentAsync(id, AccountKind.Person, ct) is { } found)
        {
            if (!ifMatch.Allows(found.Version)) return Problems.VersionMismatch();
            var (after, changes) = found.State.With(request.Roles is null ? null : [.. request.Roles.Distinct()], request.Disabled);
            if (AccountRequests.IfNobodys(after.Roles, after.PersonId, "roles") is { } missing) return missing;
            if (id == Callers.AccountOf(http.User) && (after.IsDisabled || !after.Roles.Contains(Roles.Admin))) return AccountRequests.OwnAccount();
            if (changes.Contains("enabled") && after.PersonId is { } personId
                && await store.FindAsync<Person>(personId, ct) is { State: var person } && person.HasLeft(calendar.DayOf(time.GetUtcNow())))
                return AccountRequests.PersonLeft(person.LastDay!.Value);

            if (await accounts.ChangeAsync(found, after, changes, caller.At(time.GetUtcNow()), ct) is { } changed)
                return new Resource<AccountView>(AccountView.Of(changed), changed.Version);
        }

        return Problems.NotFound("account");
    }

    /// <param name="Roles">All that it is to have; left out: as they are.</param>
    /// <param name="Disabled">Whether it lets nobody in; left out: as it is.</param>
    internal sealed record Request([property: MinLength(1), MaxLength(10)] IReadOnlyList<string>? Roles, bool? Disabled);
}
