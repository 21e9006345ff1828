namespace Fleet.Audit.Domain;

/// <summary>
/// The figures of every day, from what was known at one moment. The figure of a day is the state at its end; people and units count where they
/// were on that day, and a unit that did not exist then is nowhere. Immutable.
/// </summary>
internal sealed class KnownCoverage
{
    private readonly IReadOnlyList<Worker> _people;
    private readonly Dictionary<Guid, UnitFact> _units;

    public KnownCoverage(IReadOnlyList<Worker> people, IEnumerable<UnitFact> units)
    {
        _people = people;
        _units = units.ToDictionary(u => u.UnitId);
    }

    /// <summary>Whether this unit was known.</summary>
    public bool Knows(Guid unit) => _units.ContainsKey(unit);

    /// <summary>Whether a unit is another, or lay below it on a day.</summary>
    public bool IsWithin(Guid unit, Guid above, DateOnly day) => unit == above || LineOf(day, unit).Contains(above);

    /// <summary>The unit's name on a day, its first one on days before it began; null when it was not known.</summary>
    public string? NameOf(Guid unit, DateOnly day) => _units.TryGetValue(unit, out var known) ? (PlaceOn(known, day) ?? known.Places[0]).Name : null;

    /// <summary>The figures of a unit with its subtree, or of everything.</summary>
    public Figures Of(DateOnly day, Guid? unit)
    {
        var subtree = unit is { } root ? Subtree(day, root) : null;
        var sum = default(Figures);
        foreach (var person in _people)
        {
            if (person.On(day) is { } status && (subtree is null || subtree.Contains(status.UnitId))) sum += status.Figures;
        }

        return sum;
    }

    /// <summary>The figures of each unit with its own subtree: parents before children, siblings by name. Empty when the unit did not exist on that day.</summary>
    public IReadOnlyList<UnitFigures> PerUnit(DateOnly day, Guid? unit)
    {
        var direct = new Dictionary<Guid, Figures>();
        foreach (var person in _people)
        {
            if (person.On(day) is { } status) direct[status.UnitId] = direct.GetValueOrDefault(status.UnitId) + status.Figures;
        }

        var figures = new Dictionary<Guid, Figures>();
        foreach (var (id, own) in direct)
        {
            foreach (var above in LineOf(day, id)) figures[above] = figures.GetValueOrDefault(above) + own;
        }

        var subtree = unit is { } root ? Subtree(day, root) : [.. _units.Keys.Where(id => ExistsOn(day, id))];
        var children = subtree.ToLookup(id => ParentOn(day, id) is { } parent && id != unit && subtree.Contains(parent) ? parent : Guid.Empty);
        var answer = new List<UnitFigures>();
        var visited = new HashSet<Guid>();
        foreach (var top in InOrder(children[Guid.Empty])) Visit(top);
        // Units in a ring (two moves of which only one is known yet) hang below nothing, but they are there.
        foreach (var left in InOrder(subtree)) Visit(left);
        return answer;

        void Visit(Guid id)
        {
            if (!visited.Add(id)) return;
            answer.Add(new UnitFigures(id, NameOf(id, day)!, _units[id].Kind, ParentOn(day, id), figures.GetValueOrDefault(id)));
            foreach (var child in InOrder(children[id])) Visit(child);
        }

        IEnumerable<Guid> InOrder(IEnumerable<Guid> units) => units.OrderBy(id => NameOf(id, day), StringComparer.InvariantCultureIgnoreCase).ThenBy(id => id);
    }

    /// <summary>The staff of a unit with its subtree, or all staff: the people behind the figures.</summary>
    public IEnumerable<(Worker Worker, PersonStatus Status)> People(DateOnly day, Guid? unit)
    {
        var subtree = unit is { } root ? Subtree(day, root) : null;
        foreach (var person in _people)
        {
            if (person.On(day) is { } status && (subtree is null || subtree.Contains(status.UnitId))) yield return (person, status);
        }
    }

    private HashSet<Guid> Subtree(DateOnly day, Guid root) => [.. _units.Keys.Where(id => LineOf(day, id).Contains(root))];

    /// <summary>The unit and all above it on that day; nothing when it did not exist then. Each is named once, also in a ring of parents.</summary>
    private List<Guid> LineOf(DateOnly day, Guid unit)
    {
        var line = new List<Guid>(4);
        for (Guid? at = ExistsOn(day, unit) ? unit : null; at is { } id && !line.Contains(id); at = ParentOn(day, id)) line.Add(id);
        return line;
    }

    private bool ExistsOn(DateOnly day, Guid unit) => _units.TryGetValue(unit, out var known) && PlaceOn(known, day) is not null;

    private Guid? ParentOn(DateOnly day, Guid unit) =>
        _units.TryGetValue(unit, out var known) && PlaceOn(known, day)?.ParentId is { } parent && ExistsOn(day, parent) ? parent : null;

    private static UnitPlace? PlaceOn(UnitFact unit, DateOnly day)
    {
        for (var i = unit.Places.Count - 1; i >= 0; i--)
        {
            if (unit.Places[i].From is not { } from || from <= day) return unit.Places[i];
        }

        return null;
    }
}

/// <summary>A unit and the figures of its subtree.</summary>
internal sealed record UnitFigures(Guid Id, string Name, string Kind, Guid? ParentId, Figures Figures);
