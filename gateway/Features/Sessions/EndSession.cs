using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>Ends one session: one's own, or, for administrators, anybody's. Its browser is signed out with its next request.</summary>
internal static class EndSession
{
    public static void MapEndSession(this IEndpointRouteBuilder routes) => routes.MapDelete("/sessions/{id:guid}", Handle).WithName(nameof(EndSession))
        .RequireRole([.. Roles.All]).ProducesProblem(404);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, Caller caller, SessionStore sessions, TimeProvider time, CancellationToken ct)
    {
        // Somebody else's is not even there for who may not end it.
        if (await sessions.FindLiveAsync(id, ct) is not { } session || (session.State.AccountId != Callers.AccountOf(http.User) && !caller.Roles.Contains(Roles.Admin)))
            return Problems.NotFound("session");
        await sessions.EndAsync(session, session.State.AccountId == Callers.AccountOf(http.User) ? "signedOut" : "revoked", caller.At(time.GetUtcNow()), ct);
        return TypedResults.NoContent();
    }
}
