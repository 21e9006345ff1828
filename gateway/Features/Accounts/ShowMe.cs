using System.Security.Claims;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>Says who is signed in.</summary>
internal static class ShowMe
{
    public static void MapShowMe(this IEndpointRouteBuilder routes) => routes.MapGet("/me", Handle).WithName(nameof(ShowMe)).RequireRole([.. Roles.All]);

    private static Ok<Me> Handle(Caller caller, ClaimsPrincipal user) => TypedResults.Ok(new Me(
        Callers.AccountOf(user)!.Value, caller.Subject, user.FindFirstValue("name") ?? caller.Subject, [.. caller.Roles.Order(StringComparer.Ordinal)], caller.PersonId, Callers.HasFactor(user)));

    /// <param name="AccountId">The account, as paths and events name it.</param>
    /// <param name="Subject">User name or client id.</param>
    /// <param name="Name">For people to read.</param>
    /// <param name="Roles">What they may do.</param>
    /// <param name="PersonId">The person in Assignment, if it is one's account.</param>
    /// <param name="SecondFactor">Whether the account has a second factor; programs have none.</param>
    internal sealed record Me(Guid AccountId, string Subject, string Name, IReadOnlyList<string> Roles, Guid? PersonId, bool SecondFactor);
}
