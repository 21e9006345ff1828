using System.ComponentModel.DataAnnotations;
using Fleet.Platform;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Process;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>Requests VPN access for a person, usually from one device that they hold; it works once a public key is there.</summary>
internal static class RequestAccess
{
    public static void MapRequestAccess(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accesses", Handle).WithName(nameof(RequestAccess)).RequireRole(Roles.It, Roles.Admin).Idempotent<Access>();

    private static async Task<Results<CreatedResource<AccessView>, ProblemHttpResult>> Handle(
        Body<Request> body, Caller caller, RequestOrigin origin, IDocumentStore store, News news, Settlement settlement, FleetCalendar calendar,
        TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        var now = time.GetUtcNow();
        var personId = request.PersonId!.Value;
        if (await news.WaitAsync(() => store.FindAsync<Person>(personId, ct), found => found is not null, ct) is not { State: var person })
            return Unknown("person-unknown", "There is no such person.", news);
        if (request.GatewayId is { } gatewayId && await store.FindAsync<Gateway>(gatewayId, ct) is null)
            return Problems.Of(StatusCodes.Status404NotFound, "gateway-unknown", "There is no such VPN gateway.");

        // Preparing access before somebody's first day is usual; saying that it was so before they came is a mistake.
        var at = request.EffectiveAt?.ToUniversalTime() ?? now;
        var first = calendar.StartOf(person.EmploymentOf(calendar.DayOf(at)).StartDate);
        if (request.EffectiveAt < first) return Problems.TooEarly(first);

        DeviceCustody? custody = null;
        if (request.DeviceId is { } deviceId)
        {
            custody = (await news.WaitAsync(() => store.FindAsync<DeviceCustody>(deviceId, ct), found => found?.State.Held()?.PersonId == personId, ct))?.State;
            if (custody is null) return Unknown("device-unknown", "Nobody ever got such a device.", news);
            if (custody.Held() is not { } held || held.PersonId != personId) return await NotHeldAsync(custody, person, store, news, ct);
            if (request.EffectiveAt < held.From) return Problems.TooEarly(held.From);
            // The clock that wrote the hand-over may be a little ahead of this one.
            if (at < held.From) at = held.From;
        }

        var id = Guid.CreateVersion7();
        var requested = Access.Request(id, personId, at) with
        {
            DeviceId = request.DeviceId,
            SpellId = custody?.Held()!.SpellId,
            GatewayId = request.GatewayId,
            ExpiresOn = request.ExpiresOn,
        };
        requested = Standing.Of(requested, custody, person, calendar, now);
        if (!requested.IsLive) return Problems.Conflict("person-left", $"{person.Name} left on {person.EmploymentOf(calendar.DayOf(at)).EndDate:yyyy-MM-dd}.");

        var access = Document<Access>.New(id, requested);
        var answer = new CreatedResource<AccessView>($"/api/provisioning/accesses/{id}", AccessView.Of(requested, person));
        var cause = caller.Acting(now);
        var result = await store.WriteAsync(access, [cause.Changed(access)], origin.For(answer), ct);
        if (!result.IsWritten) throw new InvalidOperationException($"A new access was refused: {result}.");

        // The device may have come back, or the person have left, between the look at them and the write.
        await settlement.SettleAsync(access with { Version = 1, Events = 1 }, cause, CancellationToken.None);
        return answer;
    }

    private static ProblemHttpResult Unknown(string code, string detail, News news) =>
        news.IfLate() ?? Problems.Of(StatusCodes.Status404NotFound, code, detail);

    /// <summary>409 that says where the device is. Only IT and administrators ask, who may know that.</summary>
    private static async Task<ProblemHttpResult> NotHeldAsync(DeviceCustody custody, Person person, IDocumentStore store, News news, CancellationToken ct)
    {
        if (news.IfLate() is { } late) return late;
        if (custody.Held()?.PersonId is not { } holderId)
            return Problems.Conflict("device-not-held", $"{person.Name} does not have this device: it is {Events.Word(custody.Now())}.", ("custody", Events.Word(custody.Now())));

        var holder = (await store.FindAsync<Person>(holderId, ct))?.State;
        return Problems.Conflict(
            "device-not-held", $"{person.Name} does not have this device: {holder?.Name ?? "somebody else"} has it.",
            ("holder", new { personId = holderId, name = holder?.Name }));
    }

    /// <param name="PersonId">Who gets access.</param>
    /// <param name="DeviceId">From which device, which the person holds; the access ends when the device is returned or lost.</param>
    /// <param name="GatewayId">Through which gateway; by default the oldest with room when the key comes.</param>
    /// <param name="ExpiresOn">Last day, that day included.</param>
    /// <param name="EffectiveAt">Since when; default: now. Not before the person has the device.</param>
    internal sealed record Request(
        [property: Required] Guid? PersonId, Guid? DeviceId, Guid? GatewayId, [property: NotInPast] DateOnly? ExpiresOn, [property: NotInFuture] DateTimeOffset? EffectiveAt);
}
