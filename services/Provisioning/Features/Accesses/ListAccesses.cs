using Fleet.Contracts;
using Fleet.Platform.Http;
using Fleet.Platform.Lists;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.Accesses;

/// <summary>Lists VPN accesses; employees see their own.</summary>
internal static class ListAccesses
{
    private static readonly ListOf<Access, AccessView> List = new(AccessDocument.Type)
    {
        Filters =
        [
            Filter.Id("personId", AccessDocument.PersonId),
            Filter.Id("deviceId", AccessDocument.DeviceId),
            Filter.Id("gatewayId", AccessDocument.GatewayId),
            Filter.Word("state", AccessDocument.State, AccessStates.All),
            Filter.Days("expiresOn", AccessDocument.ExpiresOn),
        ],
        Always = OnlyOwnAsync,
        Columns =
        [
            Column.Of<AccessView>("id", a => a.Id),
            Column.Of<AccessView>("personId", a => a.PersonId),
            Column.Of<AccessView>("person", a => a.Person?.Name),
            Column.Of<AccessView>("deviceId", a => a.DeviceId),
            Column.Of<AccessView>("gatewayId", a => a.GatewayId),
            Column.Of<AccessView>("state", a => a.State),
            Column.Of<AccessView>("address", a => a.Address),
            Column.Of<AccessView>("expiresOn", a => a.ExpiresOn),
            Column.Of<AccessView>("requestedAt", a => a.RequestedAt),
            Column.Of<AccessView>("activatedAt", a => a.ActivatedAt),
            Column.Of<AccessView>("endedAt", a => a.EndedAt),
            Column.Of<AccessView>("reason", a => a.Reason),
        ],
    };

    public static void MapListAccesses(this IEndpointRouteBuilder routes) =>
        routes.MapList("/accesses", List, ViewAsync).WithName(nameof(ListAccesses)).WithSummary("Lists VPN accesses; employees see their own.")
            .RequireRole([.. Roles.Staff, Roles.Employee]);

    /// <summary>Whoever acts for themselves only finds what is theirs, whatever else they ask for; an account that is nobody's finds nothing.</summary>
    private static async ValueTask<IReadOnlyList<Condition<Access>>> OnlyOwnAsync(HttpContext http, CancellationToken ct) =>
        (await Caller.BindAsync(http, null!))! is { IsOnlyEmployee: true } caller
            ? [caller.PersonId is { } own ? AccessDocument.PersonId.Is(own) : AccessDocument.PersonId.IsOneOf([])]
            : [];

    private static async Task<IReadOnlyList<AccessView>> ViewAsync(IReadOnlyList<Document<Access>> page, HttpContext http, CancellationToken ct)
    {
        var store = http.RequestServices.GetRequiredService<IDocumentStore>();
        var people = (await store.FindManyAsync<Person>([.. page.Select(a => Key.Of(a.State.PersonId)).Distinct()], ct)).ToDictionary(p => p.Id, p => p.State);
        return [.. page.Select(a => AccessView.Of(a.State, people.GetValueOrDefault(Key.Of(a.State.PersonId))))];
    }
}
