using System.ComponentModel.DataAnnotations;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Process;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features;

/// <summary>Requests VPN access for a person, usually from one device; it works once a public key is there.</summary>
internal static class RequestAccess
{
    // A person hired a moment ago is on the way here as an event.
    private static readonly TimeSpan PersonPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);

    public static void MapRequestAccess(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accesses", Handle).WithName(nameof(RequestAccess)).RequireRole(Roles.It, Roles.Admin).Idempotent<Access>();

    private static async Task<Results<CreatedResource<AccessView>, ProblemHttpResult>> Handle(
        Body<Request> body, Caller caller, RequestOrigin origin, IDocumentStore store, CustodySettlement settlement, FleetCalendar calendar, TimeProvider time,
        CancellationToken ct)
    {
        var request = body.Value;
        var now = time.GetUtcNow();
        var at = request.EffectiveAt ?? now;
        if (Problems.IfFuture(at, now) is { } inFuture) return inFuture;
        if (request.ExpiresOn < calendar.DayOf(now)) return Problems.Invalid("expiresOn", "Must not lie in the past.");
        if (await FindPersonAsync(request.PersonId!.Value, store, time, ct) is not { State: var person })
            return Problems.Of(StatusCodes.Status404NotFound, "person-unknown", "There is no such person.");
        if (request.GatewayId is { } gatewayId && await store.FindAsync<Gateway>(gatewayId, ct) is null)
            return Problems.Of(StatusCodes.Status404NotFound, "gateway-unknown", "There is no such VPN gateway.");

        // Preparing access before somebody's first day is usual; saying that it was so before they came is a mistake.
        var first = calendar.StartOf(person.StartDate);
        if (request.EffectiveAt < first) return Problems.TooEarly(first);
        if (person.EndDate < calendar.DayOf(at)) return Problems.Conflict("person-left", $"{person.Name} left on {person.EndDate:yyyy-MM-dd}.");

        var watch = request.DeviceId is { } device ? await store.FindAsync<DeviceWatch>(device, ct) : null;
        var id = Guid.CreateVersion7();
        var access = Document<Access>.New(id, new Access
        {
            AccessId = id,
            PersonId = person.PersonId,
            DeviceId = request.DeviceId,
            GatewayId = request.GatewayId,
            ExpiresOn = request.ExpiresOn,
            RequestedAt = at.ToUniversalTime(),
            CustodyVersion = watch?.State.Version() ?? 0,
        });
        var answer = new CreatedResource<AccessView>($"/api/provisioning/accesses/{id}", AccessView.Of(access));
        var cause = caller.Acting(now);
        var result = await store.WriteAsync(access, [cause.Changed(access)], origin.For(answer), ct);
        if (!result.IsWritten) throw new InvalidOperationException($"A new access was refused: {result}.");

        // The device may have come back between the look at its custody and the write.
        if (watch is not null) await settlement.SettleAsync(watch, cause, CancellationToken.None);
        return answer;
    }

    private static async Task<Document<Person>?> FindPersonAsync(Guid personId, IDocumentStore store, TimeProvider time, CancellationToken ct)
    {
        var begin = time.GetTimestamp();
        while (true)
        {
            if (await store.FindAsync<Person>(personId, ct) is { } person) return person;
            if (time.GetElapsedTime(begin) > PersonPatience) return null;
            await Task.Delay(LookAgain, time, ct);
        }
    }

    /// <param name="PersonId">Who gets access.</param>
    /// <param name="DeviceId">From which device; the access ends when the device is returned or lost.</param>
    /// <param name="GatewayId">Through which gateway; by default the oldest with room when the key comes.</param>
    /// <param name="ExpiresOn">Last day.</param>
    /// <param name="EffectiveAt">Since when; default: now.</param>
    internal sealed record Request(
        [property: Required] Guid? PersonId, Guid? DeviceId, Guid? GatewayId, DateOnly? ExpiresOn, DateTimeOffset? EffectiveAt);
}
