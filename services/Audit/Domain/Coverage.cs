namespace Fleet.Audit.Domain;

/// <summary>
/// The figures of every day, from what was known at one moment. The figure of a day is the state at its end; people and units count where they
/// were on that day. Immutable.
/// </summary>
internal sealed class Coverage
{
    private readonly IReadOnlyList<Worker> _people;
    private readonly Dictionary<Guid, UnitVersion> _units;

    public Coverage(IReadOnlyList<Worker> people, IEnumerable<UnitVersion> units)
    {
        _people = people;
        _units = units.ToDictionary(u => u.UnitId);
    }

    /// <summary>Whether this unit was known.</summary>
    public bool Knows(Guid unit) => _units.ContainsKey(unit);

    /// <summary>The unit's name on a day; null when it was not known.</summary>
    public string? NameOf(Guid unit, DateOnly day) => _units.TryGetValue(unit, out var known) ? PlaceOn(known, day).Name : null;

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

    /// <summary>The figures of each unit with its own subtree: parents before children, siblings by name.</summary>
    public IReadOnlyList<UnitFigures> PerUnit(DateOnly day, Guid? unit)
    {
        var subtree = unit is { } root ? Subtree(day, root) : [.. _units.Keys];
        var direct = new Dictionary<Guid, Figures>();
        foreach (var person in _people)
        {
            if (person.On(day) is { } status) direct[status.UnitId] = direct.GetValueOrDefault(status.UnitId) + status.Figures;
        }

        var children = subtree.ToLookup(id => ParentOn(day, id) is { } parent && id != unit && subtree.Contains(parent) ? parent : Guid.Empty);
        var answer = new List<UnitFigures>();
        var visited = new HashSet<Guid>();
        Visit(Guid.Empty);
        return answer;

        Figures Visit(Guid parent)
        {
            var sum = default(Figures);
            foreach (var (id, name) in children[parent].Select(id => (id, NameOf(id, day)!)).OrderBy(c => c.Item2, StringComparer.InvariantCultureIgnoreCase).ThenBy(c => c.id))
            {
                if (!visited.Add(id)) continue;
                var place = answer.Count;
                answer.Add(new UnitFigures(id, name, _units[id].Kind, ParentOn(day, id), default));
                var figures = direct.GetValueOrDefault(id) + Visit(id);
                answer[place] = answer[place] with { Figures = figures };
                sum += figures;
            }

            return sum;
        }
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

    private HashSet<Guid> Subtree(DateOnly day, Guid root) => [.. _units.Keys.Where(id => IsWithin(id, root, day))];

    private bool IsWithin(Guid unit, Guid root, DateOnly day)
    {
        // Counted, so that a ring of parents (two moves of which only one is known yet) ends.
        Guid? at = unit;
        for (var steps = 0; at is { } id && steps <= _units.Count; steps++, at = ParentOn(day, id))
        {
            if (id == root) return true;
        }

        return false;
    }

    private Guid? ParentOn(DateOnly day, Guid unit) => _units.TryGetValue(unit, out var known) ? PlaceOn(known, day).ParentId : null;

    private static UnitPlace PlaceOn(UnitVersion unit, DateOnly day)
    {
        for (var i = unit.Places.Count - 1; i > 0; i--)
        {
            if (unit.Places[i].From is not { } from || from <= day) return unit.Places[i];
        }

        return unit.Places[0];
    }

    /// <summary>A person with what they hold and when.</summary>
    public sealed record Worker(PersonVersion Person, IReadOnlyList<Holding> Laptops, IReadOnlyList<Holding> Accesses)
    {
        /// <summary>Null: not employed on that day.</summary>
        public PersonStatus? On(DateOnly day)
        {
            if (day < Person.StartDate || day > Person.EndDate) return null;
            var placement = PlacementOn(day);
            return new PersonStatus(placement.UnitId, placement.Eligible, IsCovered(Laptops, day), IsCovered(Accesses, day));
        }

        /// <summary>The asset tags of the laptops held at the end of a day.</summary>
        public IReadOnlyList<string> LaptopsOn(DateOnly day) => [.. Laptops.Where(l => l.Covers(day)).Select(l => l.AssetTag).Order(StringComparer.Ordinal)];

        private Placement PlacementOn(DateOnly day)
        {
            for (var i = Person.Placements.Count - 1; i > 0; i--)
            {
                if (Person.Placements[i].From <= day) return Person.Placements[i];
            }

            return Person.Placements[0];
        }

        private static bool IsCovered(IReadOnlyList<Holding> holdings, DateOnly day)
        {
            for (var i = 0; i < holdings.Count; i++)
            {
                if (holdings[i].Covers(day)) return true;
            }

            return false;
        }
    }
}

/// <summary>A unit and the figures of its subtree.</summary>
internal sealed record UnitFigures(Guid Id, string Name, string Kind, Guid? ParentId, Figures Figures);

/// <summary>Where an employed person is and what they have at the end of a day.</summary>
internal readonly record struct PersonStatus(Guid UnitId, bool Eligible, bool WithLaptop, bool WithVpn)
{
    public bool Ready => WithLaptop && WithVpn;

    public Figures Figures => new(1, Eligible ? 1 : 0, WithLaptop ? 1 : 0, WithVpn ? 1 : 0, Ready ? 1 : 0);
}
