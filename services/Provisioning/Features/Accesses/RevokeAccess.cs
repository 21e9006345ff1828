using System.ComponentModel.DataAnnotations;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Process;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>Ends a VPN access for good and frees its address and key.</summary>
internal static class RevokeAccess
{
    public static void MapRevokeAccess(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accesses/{id:guid}/revoke", Handle).WithName(nameof(RevokeAccess)).RequireRole(Roles.It, Roles.Admin).Idempotent<Access>();

    private static async Task<Results<Resource<AccessView>, ProblemHttpResult>> Handle(
        Guid id, Body<Request> body, Caller caller, RequestOrigin origin, IfMatch ifMatch, IDocumentStore store, Standing standing, AddressPool addresses, PeerChanges changes,
        TimeProvider time, CancellationToken ct)
    {
        var (reason, effectiveAt) = body.Value;

        while (true)
        {
            if (await store.FindAsync<Access>(id, ct) is not { } access) return Problems.NotFound("VPN access");
            if (!ifMatch.Allows(access.Version)) return Problems.VersionMismatch();

            var now = time.GetUtcNow();
            var current = await standing.OfAsync(access.State, ct);
            var (verdict, revoked) = current.Revoke(reason!, effectiveAt?.ToUniversalTime() ?? current.EarliestFrom(now));
            if (verdict == RevokeVerdict.Ended) return AccessProblems.Ended(current);
            if (verdict == RevokeVerdict.TooEarly) return Problems.TooEarly(current.ChangedAt);

            var document = access.With(revoked);
            var answer = new Resource<AccessView>(await AccessView.OfAsync(revoked, store, ct), access.Version + 1);
            if (!(await store.WriteAsync(document, [caller.Acting(now).Changed(document)], origin.For(answer), ct)).IsWritten) continue;

            changes.Announce();
            await addresses.FreeAsync(id, CancellationToken.None);
            return answer;
        }
    }

    /// <param name="Reason">In a few words; the audit log shows it.</param>
    /// <param name="EffectiveAt">Since when; default: now. Not before the access's last change.</param>
    internal sealed record Request([property: Required, StringLength(200)] string? Reason, [property: NotInFuture] DateTimeOffset? EffectiveAt);
}
