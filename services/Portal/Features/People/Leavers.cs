using Fleet.Portal.Domain;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;

namespace Fleet.Portal.Features.People;

/// <summary>Reads who leaves or has left, the latest last day first, with what each still has.</summary>
internal sealed class Leavers(FleetApi api)
{
    private const string List = "api/assignment/people";

    // Whoever has no last day has none after this one.
    private const string Ever = "1900-01-01";

    /// <summary>A page of them. What people still have is missing while a service does not answer.</summary>
    public async Task<Answer<LeaverList>> ReadAsync(string? cursor, CancellationToken ct)
    {
        var people = await api.GetAsync<Listed<Person>>(AskPeople(cursor), ct);
        if (people.Value is not { } found) return Answer<LeaverList>.Refused(people.Status, people.Problem);
        if (found.Items.Count == 0) return Answer<LeaverList>.Of(people.Status, new([], found.Next, HasHoldings: true));
        var ids = found.Items.Select(p => p.Id).ToList();
        var (devices, accesses) = (api.AllAsync<Device>(c => AskDevices(ids, c), ct), api.AllAsync<Access>(c => AskAccesses(ids, c), ct));
        await Task.WhenAll(devices, accesses);
        var held = (await devices)?.ToLookup(d => d.Holder?.PersonId);
        var live = (await accesses)?.ToLookup(a => a.PersonId);
        return Answer<LeaverList>.Of(people.Status, new(
            [.. found.Items.Select(p => new Leaver(p, held is null ? null : [.. held[p.Id]], live?[p.Id].Count()))], found.Next, held is not null && live is not null));
    }

    public static string AskPeople(string? cursor) =>
        Links.Of(List, [("endDateFrom", Ever), ("sort", "-endDate"), ("limit", $"{ListQuery.Lines}"), ("cursor", cursor)]);

    public static string AskDevices(IReadOnlyList<Guid> people, string? cursor) =>
        Links.Of("api/inventory/devices", [("holderId", string.Join(',', people)), ("status", "assigned"), ("limit", "200"), ("cursor", cursor)]);

    public static string AskAccesses(IReadOnlyList<Guid> people, string? cursor) =>
        Links.Of("api/provisioning/accesses", [("personId", string.Join(',', people)), ("state", "requested,active,suspended"), ("limit", "200"), ("cursor", cursor)]);
}

/// <summary>A page of leavers.</summary>
/// <param name="HasHoldings">Whether it is known what they still have.</param>
public sealed record LeaverList(IReadOnlyList<Leaver> Leavers, string? Next, bool HasHoldings);

/// <summary>Somebody who leaves or has left.</summary>
/// <param name="Devices">What they still have; null: the inventory does not answer.</param>
/// <param name="Accesses">How many VPN accesses they still have; null: provisioning does not answer.</param>
public sealed record Leaver(Person Person, IReadOnlyList<Device>? Devices, int? Accesses)
{
    public bool Holds => Devices is { Count: > 0 } || Accesses is > 0;
}
