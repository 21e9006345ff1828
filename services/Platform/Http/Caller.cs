using System.Reflection;
using System.Security.Claims;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http;

namespace Fleet.Platform.Http;

/// <summary>Who sends the request, as the gateway's signed token says.</summary>
/// <param name="Subject">User name or client id.</param>
/// <param name="Roles">All roles held.</param>
/// <param name="ActingRole">The first of the endpoint's roles that the caller holds; it is what the audit log shows.</param>
/// <param name="PersonId">The person in Assignment whose account it is; null: a program, or nobody's account.</param>
/// <param name="CorrelationId">The request; given by the gateway in <c>X-Correlation-Id</c>, or new.</param>
public sealed record Caller(string Subject, IReadOnlySet<string> Roles, string ActingRole, Guid? PersonId, Guid CorrelationId)
{
    /// <summary>The header that carries the correlation id between gateway and services.</summary>
    public const string CorrelationHeader = "X-Correlation-Id";

    /// <summary>
    /// The header in which the gateway gives the portal, and nobody else, a token of the caller's for the gateway's own resources (accounts, sessions). The
    /// services never see it: a token that they are shown opens none of these.
    /// </summary>
    public const string AccountsTokenHeader = "X-Fleet-Accounts-Token";

    /// <summary>The token's claim that holds <see cref="PersonId"/>.</summary>
    public const string PersonClaim = "personId";

    /// <summary>Whether the caller acts for themselves only: such callers see and change what is their own.</summary>
    public bool IsOnlyEmployee => ActingRole == Security.Roles.Employee;

    /// <summary>Whether the caller sees and changes only the people of their own unit and of those below it.</summary>
    public bool IsOnlyManager => ActingRole == Security.Roles.Manager;

    public static ValueTask<Caller?> BindAsync(HttpContext http, ParameterInfo parameter) => ValueTask.FromResult<Caller?>(Of(http));

    /// <summary>The caller of a request, where no handler's parameter says so.</summary>
    public static Caller Of(HttpContext http)
    {
        var roles = http.User.FindAll("role").Select(c => c.Value).ToHashSet();
        var acting = http.GetEndpoint()?.Metadata.GetMetadata<RequiredRoles>()?.Roles.FirstOrDefault(roles.Contains) ?? "";
        var correlationId = Guid.TryParse(http.Request.Headers[CorrelationHeader], out var given) ? given : Guid.CreateVersion7();
        return new Caller(
            http.User.FindFirstValue("sub") ?? "", roles, acting, Guid.TryParse(http.User.FindFirstValue(PersonClaim), out var person) ? person : null, correlationId);
    }
}
