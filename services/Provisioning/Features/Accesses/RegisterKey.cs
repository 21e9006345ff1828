using System.ComponentModel.DataAnnotations;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Features.Gateways;
using Fleet.Provisioning.Process;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>Enrols an access's public key: the access becomes active and gets an address of its own.</summary>
internal static class RegisterKey
{
    public static void MapRegisterKey(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accesses/{id:guid}/key", Handle).WithName(nameof(RegisterKey)).RequireRole(Roles.It, Roles.Admin, Roles.Employee).Idempotent<Access>();

    private static async Task<Results<Resource<AccessView>, ProblemHttpResult>> Handle(
        Guid id, Body<Request> body, Caller caller, RequestOrigin origin, IfMatch ifMatch, IDocumentStore store, Standing standing, AddressPool addresses,
        PeerChanges changes, TimeProvider time, CancellationToken ct)
    {
        var (publicKey, effectiveAt) = body.Value;
        if (!WireGuardKey.IsValid(publicKey)) return WireGuardKeyProblem.Of();

        while (true)
        {
            if (await store.FindAsync<Access>(id, ct) is not { } access) return Problems.NotFound("VPN access");
            if (caller.RequireOwn(access.State.PersonId) is { } notYours) return notYours;
            if (caller.IsOnlyEmployee && effectiveAt is not null)
                return Problems.Forbidden("backdating-not-allowed", "Leave out effectiveAt: your key counts from now on.");
            if (!ifMatch.Allows(access.Version)) return Problems.VersionMismatch();

            var now = time.GetUtcNow();
            // It may be over although nobody has written that down yet; once that is written, it takes a key again only when that is written too.
            var current = access.State.IsLive ? await standing.OfAsync(access.State, ct) : access.State;
            var at = effectiveAt?.ToUniversalTime() ?? current.EarliestFrom(now);
            switch (current.Judge(publicKey!, at))
            {
                case KeyVerdict.AlreadyDone:
                    return new Resource<AccessView>(await AccessView.OfAsync(current, store, ct), access.Version);
                case KeyVerdict.HasAnotherKey:
                    return Problems.Conflict("key-already-registered", "The access has another key already.");
                case KeyVerdict.TooEarly:
                    return Problems.TooEarly(current.ChangedAt);
                case KeyVerdict.Ended:
                    // It may have ended while an address was being taken for it here.
                    await addresses.FreeAsync(id, CancellationToken.None);
                    return AccessProblems.Ended(current);
            }

            if (await store.FindByAsync(GatewayDocument.PublicKey.Is(publicKey!), ct) is not null)
                return Problems.Conflict("public-key-in-use", "This is a VPN gateway's own key. Make a pair of keys on the device.");

            var (lease, gateway) = await addresses.TakeAsync(id, current.GatewayId, ct);
            if (gateway is null) return Problems.Conflict("no-gateway", "There is no VPN gateway yet. Register one first.");
            if (lease is null) return Problems.Conflict("network-full", $"All addresses of {gateway.Network} are taken.");

            var active = access.With(current.Activate(publicKey!, gateway.GatewayId, Ipv4Network.Parse(gateway.Network).AddressAt(lease.Offset), at));
            var answer = new Resource<AccessView>(await AccessView.OfAsync(active.State, store, ct), access.Version + 1);
            var result = await store.WriteAsync(active, [caller.Acting(now).Changed(active)], origin.For(answer), ct);
            if (result.Outcome == WriteOutcome.DuplicateKey) return Problems.Conflict("public-key-in-use", "Another access has this public key. Make a new pair of keys.");
            if (!result.IsWritten) continue;

            changes.Announce();
            return answer;
        }
    }

    /// <param name="PublicKey">32 bytes in base64, as <c>wg pubkey</c> prints it.</param>
    /// <param name="EffectiveAt">Since when the access works; default: now. Not before the access was requested.</param>
    internal sealed record Request([property: Required, StringLength(100)] string? PublicKey, [property: NotInFuture] DateTimeOffset? EffectiveAt);
}
