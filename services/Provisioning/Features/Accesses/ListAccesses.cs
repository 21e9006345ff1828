using System.ComponentModel;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>Lists VPN accesses, oldest first; employees see their own.</summary>
internal static class ListAccesses
{
    public static void MapListAccesses(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accesses", Handle).WithName(nameof(ListAccesses)).RequireRole([.. Roles.Staff, Roles.Employee]);

    private static async Task<Results<Ok<ListView<AccessView>>, ProblemHttpResult>> Handle(
        [AsParameters] Filter filter, [AsParameters] Paging paging, Caller caller, IDocumentStore store, CancellationToken ct)
    {
        var personId = filter.PersonId;
        if (caller.IsOnlyEmployee)
        {
            var own = (await store.FindByAsync(People.UserName.Is(caller.Subject), ct))?.State.PersonId;
            if (personId is not null && personId != own) return Ownership.NotYours();
            if (own is null) return TypedResults.Ok(new ListView<AccessView>([], null));
            personId = own;
        }

        List<Condition<Access>> where = [];
        if (personId is { } person) where.Add(Accesses.PersonId.Is(person));
        if (filter.DeviceId is { } device) where.Add(Accesses.DeviceId.Is(device));
        if (filter.GatewayId is { } gateway) where.Add(Accesses.GatewayId.Is(gateway));
        if (filter.State is not null) where.Add(Accesses.State.Is(Known(filter.State)));
        return TypedResults.Ok(ListView<AccessView>.Of(await store.QueryAsync(paging.Of(new Query<Access> { Where = where }), ct), AccessView.Of));
    }

    // The framework would read enums in the code's spelling, and any number as one.
    private static string Known(string state)
    {
        var words = Enum.GetValues<AccessState>().Select(Documents.Word).ToList();
        return words.Contains(state) ? state : throw new BadRequestException("state", $"Must be one of {string.Join(", ", words)}.");
    }

    internal sealed record Filter(
        [property: FromQuery(Name = "personId")] Guid? PersonId,
        [property: FromQuery(Name = "deviceId")] Guid? DeviceId,
        [property: FromQuery(Name = "gatewayId")] Guid? GatewayId,
        [property: Description("requested, active, suspended, revoked or expired.")][property: FromQuery(Name = "state")] string? State);
}
