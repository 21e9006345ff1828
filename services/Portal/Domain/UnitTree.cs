namespace Fleet.Portal.Domain;

/// <summary>A unit's place in the printed tree. Level 0 is the outermost.</summary>
public sealed record UnitRow(UnitCoverage Unit, int Level);

/// <summary>A row of the tree of which only a part is shown.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Level">0 is the outermost.</param>
/// <param name="Below">How many units lie directly below it.</param>
/// <param name="IsOpen">Whether these are shown.</param>
public sealed record FoldedRow(UnitCoverage Unit, int Level, int Below, bool IsOpen);

/// <summary>A sheet of paper: a unit with what lies below it, itself first.</summary>
public sealed record Sheet(UnitCoverage Unit, IReadOnlyList<UnitRow> Rows);

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

    /// <summary>
    /// The outermost units with what lies directly below them, which is never folded; below that, only the way to one unit and what lies directly below it.
    /// </summary>
    /// <param name="rows">The whole tree in reading order.</param>
    /// <param name="open">That unit; null, or one that is not in the tree: none.</param>
    public static IReadOnlyList<FoldedRow> Folded(IReadOnlyList<UnitRow> rows, Guid? open)
    {
        var way = open is { } unit && rows.Any(r => r.Unit.Id == unit)
            ? Ancestors([.. rows.Select(r => r.Unit)], unit).Select(u => u.Id).Append(unit).ToHashSet()
            : [];
        var below = rows.Where(r => r.Unit.ParentId is not null).CountBy(r => r.Unit.ParentId!.Value).ToDictionary();
        return
        [
            .. rows.Where(r => r.Level <= 1 || way.Contains(r.Unit.ParentId!.Value))
                .Select(r => new FoldedRow(r.Unit, r.Level, below.GetValueOrDefault(r.Unit.Id), r.Level == 0 || way.Contains(r.Unit.Id))),
        ];
    }

    /// <summary>
    /// The tree on paper: a sheet for each outermost unit with those directly below it, and after it one for each of these that has units of its own, with all of them.
    /// </summary>
    /// <param name="rows">The whole tree in reading order.</param>
    public static IReadOnlyList<Sheet> Sheets(IReadOnlyList<UnitRow> rows)
    {
        var sheets = new List<Sheet>();
        for (var i = 0; i < rows.Count; i++)
        {
            var (unit, level) = rows[i];
            if (level > 1) continue;
            var below = rows.Skip(i + 1).TakeWhile(r => r.Level > level).Where(r => level == 1 || r.Level == 1).ToList();
            if (level == 0 || below.Count > 0) sheets.Add(new(unit, [new(unit, 0), .. below.Select(r => r with { Level = r.Level - level })]));
        }
        return sheets;
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
