namespace Fleet.Audit.Domain;

/// <summary>A person with what they hold and when.</summary>
internal sealed record Worker(PersonFact Person, IReadOnlyList<Holding> Laptops, IReadOnlyList<Holding> Accesses)
{
    /// <summary>Null: not employed on that day.</summary>
    public PersonStatus? On(DateOnly day)
    {
        if (!IsEmployedOn(day)) return null;
        var placement = PlacementOn(day);
        return new PersonStatus(placement.UnitId, placement.Eligible, IsCovered(Laptops, day), IsCovered(Accesses, day));
    }

    /// <summary>The asset tags of the laptops held at the end of a day.</summary>
    public IReadOnlyList<string> LaptopsOn(DateOnly day) => [.. Laptops.Where(l => l.Covers(day)).Select(l => l.AssetTag).Order(StringComparer.Ordinal)];

    private bool IsEmployedOn(DateOnly day)
    {
        for (var i = 0; i < Person.Employments.Count; i++)
        {
            var employment = Person.Employments[i];
            if (employment.First <= day && (employment.Last is not { } last || day <= last)) return true;
        }

        return false;
    }

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

/// <summary>Where an employed person is and what they have at the end of a day.</summary>
internal readonly record struct PersonStatus(Guid UnitId, bool Eligible, bool WithLaptop, bool WithVpn)
{
    public bool Ready => WithLaptop && WithVpn;

    public Figures Figures => new(1, Eligible ? 1 : 0, WithLaptop ? 1 : 0, WithVpn ? 1 : 0, Ready ? 1 : 0, Eligible && !Ready ? 1 : 0);
}
