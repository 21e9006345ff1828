namespace Fleet.Audit.Domain;

/// <summary>Which state of a thing this is, and since when the log knew it. The newer one says everything; an older one adds nothing.</summary>
/// <param name="Version">The thing's version; the higher is the newer.</param>
/// <param name="StreamNumber">Tells two events of one version apart.</param>
/// <param name="LoggedAt">When the log learned it (UTC).</param>
internal readonly record struct Edition(long Version, long StreamNumber, DateTimeOffset LoggedAt)
{
    public bool IsNewerThan(Edition other) => (Version, StreamNumber).CompareTo((other.Version, other.StreamNumber)) > 0;
}

/// <summary>A person with the whole history of employments and placements.</summary>
internal sealed record PersonFact(
    Guid PersonId, string PersonnelNumber, string GivenName, string FamilyName, IReadOnlyList<Employment> Employments, IReadOnlyList<Placement> Placements);

/// <summary>From the first day to the last, both included; no last day: open.</summary>
internal sealed record Employment(DateOnly First, DateOnly? Last);

/// <summary>Where a person works, and whether from home, from a day on.</summary>
internal sealed record Placement(DateOnly From, Guid UnitId, bool Eligible);

/// <summary>A unit with the whole history of its places in the tree.</summary>
internal sealed record UnitFact(Guid UnitId, string Kind, IReadOnlyList<UnitPlace> Places);

/// <summary>A unit's name and parent from a day on; null: always.</summary>
internal sealed record UnitPlace(DateOnly? From, string Name, Guid? ParentId);

/// <summary>Who held a laptop, or had a working VPN access, and when: the whole timeline of that one thing.</summary>
/// <param name="Id">The device's id, or the access's.</param>
internal sealed record HoldingsFact(Guid Id, IReadOnlyList<Holding> Holdings);

/// <summary>Somebody has something from the end of one day on, until it is gone at the end of another.</summary>
/// <param name="From">First day at whose end it is there.</param>
/// <param name="Until">First day at whose end it is gone.</param>
/// <param name="AssetTag">Which device; empty for an access.</param>
internal readonly record struct Holding(Guid PersonId, DateOnly From, DateOnly Until, string AssetTag)
{
    public bool Covers(DateOnly day) => From <= day && day < Until;
}

/// <summary>
/// Everything coverage depends on, in whatever order it was learned: of each thing the newest state decides, so neither order nor duplicates matter.
/// Older states stay for questions about what was known before. Not safe for several threads.
/// </summary>
internal sealed class CoverageFacts
{
    private readonly Editions<PersonFact> _people = new();
    private readonly Editions<UnitFact> _units = new();
    private readonly Editions<HoldingsFact> _laptops = new();
    private readonly Editions<HoldingsFact> _accesses = new();

    // What all facts together say, kept up to date fact by fact: a hand-over changes one person, not everybody.
    private readonly CoverageDraft _newest = new();

    /// <summary>When the last of these facts was logged.</summary>
    private DateTimeOffset _newestLoggedAt = DateTimeOffset.MinValue;

    public void Add(PersonFact person, Edition edition) => Add(_people, person.PersonId, person, edition, _newest.Take);

    public void Add(UnitFact unit, Edition edition) => Add(_units, unit.UnitId, unit, edition, _newest.Take);

    public void AddLaptop(HoldingsFact laptop, Edition edition) => Add(_laptops, laptop.Id, laptop, edition, _newest.TakeLaptop);

    public void AddAccess(HoldingsFact access, Edition edition) => Add(_accesses, access.Id, access, edition, _newest.TakeAccess);

    /// <summary>Coverage of every day, as it was known then.</summary>
    public KnownCoverage KnownAt(DateTimeOffset knownAt)
    {
        if (knownAt >= _newestLoggedAt) return _newest.Finish();

        var draft = new CoverageDraft();
        foreach (var person in _people.NewestAt(knownAt)) draft.Take(person);
        foreach (var unit in _units.NewestAt(knownAt)) draft.Take(unit);
        foreach (var laptop in _laptops.NewestAt(knownAt)) draft.TakeLaptop(laptop);
        foreach (var access in _accesses.NewestAt(knownAt)) draft.TakeAccess(access);
        return draft.Finish();
    }

    private void Add<T>(Editions<T> all, Guid id, T fact, Edition edition, Action<T> takeNewest) where T : class
    {
        if (edition.LoggedAt > _newestLoggedAt) _newestLoggedAt = edition.LoggedAt;
        if (all.Add(id, fact, edition)) takeNewest(fact);
    }

    /// <summary>All states of all things of one kind.</summary>
    private sealed class Editions<T> where T : class
    {
        private readonly Dictionary<Guid, List<(Edition Edition, T Fact)>> _all = [];

        /// <summary>Keeps the fact; says whether it is the newest of its thing.</summary>
        public bool Add(Guid id, T fact, Edition edition)
        {
            if (!_all.TryGetValue(id, out var known)) _all[id] = known = new List<(Edition, T)>(1);
            var isNewest = known.TrueForAll(k => edition.IsNewerThan(k.Edition));
            known.Add((edition, fact));
            return isNewest;
        }

        /// <summary>Of each thing that was known then, its newest state that was.</summary>
        public IEnumerable<T> NewestAt(DateTimeOffset knownAt)
        {
            foreach (var known in _all.Values)
            {
                (Edition Edition, T Fact)? newest = null;
                foreach (var one in known)
                {
                    if (one.Edition.LoggedAt <= knownAt && (newest is null || one.Edition.IsNewerThan(newest.Value.Edition))) newest = one;
                }

                if (newest is { } found) yield return found.Fact;
            }
        }
    }
}
