using Fleet.Portal.Domain;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;

namespace Fleet.Portal.Features.People;

/// <summary>The units and kits by their names. A county has some dozens of each, so all are read.</summary>
internal sealed class Organisation(FleetApi api)
{
    private const int Together = 200;
    private const string PathSign = " › ";

    /// <summary>All units; null while assignment is away.</summary>
    public Task<IReadOnlyList<NamedUnit>?> AllUnitsAsync(CancellationToken ct) => api.AllAsync<NamedUnit>(AskUnits, ct);

    /// <summary>All units, each written with those it belongs to, in the order of these names; empty while assignment is away.</summary>
    public async Task<IReadOnlyList<NamedOption>> UnitsAsync(CancellationToken ct)
    {
        var units = (await AllUnitsAsync(ct) ?? []).ToDictionary(u => u.Id);
        return [.. units.Values.Select(u => new NamedOption($"{u.Id}", PathOf(u, units))).OrderBy(o => o.Text, Words.ByName)];
    }

    public async Task<IReadOnlyList<NamedOption>> KitsAsync(CancellationToken ct) =>
        [.. (await api.AllAsync<NamedKit>(AskKits, ct) ?? []).Select(k => new NamedOption($"{k.Id}", k.Name)).OrderBy(o => o.Text, Words.ByName)];

    public static string AskUnits(string? cursor) => Links.Of("api/assignment/units", [("limit", $"{Together}"), ("cursor", cursor)]);

    public static string AskKits(string? cursor) => Links.Of("api/assignment/kits", [("limit", $"{Together}"), ("cursor", cursor)]);

    /// <summary>What the county itself is called goes without saying.</summary>
    private static string PathOf(NamedUnit unit, Dictionary<Guid, NamedUnit> units)
    {
        List<string> names = [unit.Name];
        while (unit.ParentId is { } parent && units.TryGetValue(parent, out var above) && above.ParentId is not null && names.Count < units.Count)
        {
            names.Insert(0, above.Name);
            unit = above;
        }

        return string.Join(PathSign, names);
    }
}

public sealed record NamedUnit(Guid Id, string Name, string Kind, Guid? ParentId);

public sealed record NamedKit(Guid Id, string Name);
