using System.ComponentModel;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>Ends all of one's own sessions but the one that asks; for administrators with <c>accountId</c>: all sessions and tokens of that account.</summary>
internal static class EndSessions
{
    public static void MapEndSessions(this IEndpointRouteBuilder routes) => routes.MapDelete("/sessions", Handle).WithName(nameof(EndSessions))
        .RequireRole([.. Roles.All]).ProducesProblem(403).ProducesProblem(404);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        [Description("Whose; for administrators.")] Guid? accountId,
        HttpContext http, Caller caller, AccountStore accounts, SessionStore sessions, IDocumentStore store, TimeProvider time, CancellationToken ct)
    {
        var own = Callers.AccountOf(http.User) ?? Guid.Empty;
        var cause = caller.At(time.GetUtcNow());
        if (accountId is null)
        {
            var current = Callers.SessionOf(http.User);
            await sessions.EndAllAsync(own, s => s.SessionId != current, "signedOut", cause, ct);
            return TypedResults.NoContent();
        }

        if (!caller.Roles.Contains(Roles.Admin)) return Problems.Forbidden("not-yours", "Only administrators end the sessions of an account they name.");
        if (accounts.IsDemo(accountId.Value))
        {
            await sessions.EndAllAsync(accountId.Value, _ => true, "revoked", cause, ct);
            return TypedResults.NoContent();
        }

        while (await Find() is { } found)
        {
            if (await accounts.ChangeAsync(found, found.State.WithoutSessions(), ["sessionsEnded"], cause, ct) is not null) return TypedResults.NoContent();
        }

        return Problems.NotFound("account");

        async Task<Document<Account>?> Find() =>
            await accounts.FindDocumentAsync(accountId.Value, AccountKind.Person, ct) ?? await accounts.FindDocumentAsync(accountId.Value, AccountKind.Client, ct);
    }
}
