namespace Fleet.Portal.Domain;

/// <summary>A unit's place in the printed tree. Level 0 is the outermost.</summary>
internal sealed record UnitRow(UnitCoverage Unit, int Level);

/// <summary>The organisation as it was on a day, in reading order.</summary>
internal static class UnitTree
{
    /// <summary>The tree below a unit, itself first; without one, everything. Each unit is followed by what belongs to it, siblings by name.</summary>
    public static IReadOnlyList<UnitRow> Rows(IReadOnlyList<UnitCoverage> units, Guid? top, IComparer<string> byName)
    {
        var known = units.Select(u => u.Id).ToHashSet();
        // Whoever may see a part of the organisation only gets that part: a unit whose parent is not there is outermost.
        var children = units.ToLookup(u => u.ParentId is { } parent && known.Contains(parent) ? parent : Guid.Empty);
        var rows = new List<UnitRow>(units.Count);
        var seen = new HashSet<Guid>();
        foreach (var unit in top is null ? Sorted(children[Guid.Empty]) : units.Where(u => u.Id == top)) Add(unit, 0);
        return rows;

        void Add(UnitCoverage unit, int level)
        {
            if (!seen.Add(unit.Id)) return;
            rows.Add(new(unit, level));
            foreach (var child in Sorted(children[unit.Id])) Add(child, level + 1);
        }

        IEnumerable<UnitCoverage> Sorted(IEnumerable<UnitCoverage> siblings) => siblings.OrderBy(u => u.Name, byName);
    }

    /// <summary>From the outermost unit down to the parent of this one.</summary>
    public static IReadOnlyList<UnitCoverage> Ancestors(IReadOnlyList<UnitCoverage> units, Guid unit)
    {
        var byId = units.ToDictionary(u => u.Id);
        var path = new List<UnitCoverage>();
        var at = byId.GetValueOrDefault(unit)?.ParentId;
        while (at is { } id && byId.TryGetValue(id, out var parent) && !path.Contains(parent))
        {
            path.Insert(0, parent);
            at = parent.ParentId;
        }
        return path;
    }
}
