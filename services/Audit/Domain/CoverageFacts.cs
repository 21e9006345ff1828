namespace Fleet.Audit.Domain;

/// <summary>A person as known from one event on, with the whole history of placements; the highest version wins.</summary>
internal sealed record PersonVersion(
    Guid PersonId, long Version, DateTimeOffset RecordedAt, string PersonnelNumber, string GivenName, string FamilyName,
    DateOnly StartDate, DateOnly? EndDate, IReadOnlyList<Placement> Placements);

/// <summary>Where a person works, and whether from home, from a day on.</summary>
internal sealed record Placement(DateOnly From, Guid UnitId, bool Eligible);

/// <summary>A unit as known from one event on, with the whole history of its places in the tree; the highest version wins.</summary>
internal sealed record UnitVersion(Guid UnitId, long Version, DateTimeOffset RecordedAt, string Kind, IReadOnlyList<UnitPlace> Places);

/// <summary>A unit's name and parent from a day on; null: always.</summary>
internal sealed record UnitPlace(DateOnly? From, string Name, Guid? ParentId);

/// <summary>An instant at which something became true, and the day in which it lies.</summary>
internal readonly record struct Moment(DateTimeOffset At, DateOnly Day);

/// <summary>From this moment on a laptop is with this person; null: with nobody.</summary>
internal sealed record CustodyFact(Guid DeviceId, long Version, DateTimeOffset RecordedAt, Moment Effective, string AssetTag, Guid? HolderId);

/// <summary>The inventory learned that a device is lost or stolen: whoever had it then has it no more.</summary>
internal sealed record LossFact(Guid DeviceId, DateTimeOffset RecordedAt, Moment Effective);

/// <summary>From this moment on a VPN access works or does not, at the longest to the end of a last day.</summary>
internal sealed record AccessFact(Guid AccessId, long Version, DateTimeOffset RecordedAt, Moment Effective, Guid PersonId, bool IsActive, DateOnly? LastDay);

/// <summary>
/// Everything coverage depends on, in whatever order it was learned. Adding the same fact again changes no figure. Not safe for several threads.
/// </summary>
internal sealed class CoverageFacts
{
    private readonly Dictionary<Guid, List<PersonVersion>> _people = [];
    private readonly Dictionary<Guid, List<UnitVersion>> _units = [];
    private readonly Dictionary<Guid, List<CustodyFact>> _custodies = [];
    private readonly Dictionary<Guid, List<LossFact>> _losses = [];
    private readonly Dictionary<Guid, List<AccessFact>> _accesses = [];
    private Coverage? _newest;

    /// <summary>When the last of these facts was recorded.</summary>
    private DateTimeOffset _newestRecordedAt = DateTimeOffset.MinValue;

    public void Add(PersonVersion person) => Add(_people, person.PersonId, person, person.RecordedAt);

    public void Add(UnitVersion unit) => Add(_units, unit.UnitId, unit, unit.RecordedAt);

    public void Add(CustodyFact custody) => Add(_custodies, custody.DeviceId, custody, custody.RecordedAt);

    public void Add(LossFact loss) => Add(_losses, loss.DeviceId, loss, loss.RecordedAt);

    public void Add(AccessFact access) => Add(_accesses, access.AccessId, access, access.RecordedAt);

    /// <summary>Coverage of every day, as it was known then. What is known of all facts is worked out once until another fact comes.</summary>
    public Coverage KnownAt(DateTimeOffset knownAt) => knownAt < _newestRecordedAt ? Compute(knownAt) : _newest ??= Compute(knownAt);

    private void Add<T>(Dictionary<Guid, List<T>> facts, Guid id, T fact, DateTimeOffset recordedAt)
    {
        if (!facts.TryGetValue(id, out var known)) facts[id] = known = new List<T>(1);
        known.Add(fact);
        if (recordedAt > _newestRecordedAt) _newestRecordedAt = recordedAt;
        _newest = null;
    }

    private Coverage Compute(DateTimeOffset knownAt)
    {
        var laptops = new List<(Guid Holder, Holding Holding)>();
        foreach (var (device, facts) in _custodies)
        {
            var losses = _losses.TryGetValue(device, out var all) ? all.FindAll(l => l.RecordedAt <= knownAt) : [];
            foreach (var (fact, until) in Spans(facts.Where(f => f.RecordedAt <= knownAt), f => f.Version, f => f.Effective))
            {
                if (fact.HolderId is not { } holder) continue;
                var lost = losses.Where(l => IsAfter(l, fact)).Select(l => (Moment?)l.Effective).MinBy(m => m!.Value.At);
                var end = lost?.At < until.At ? lost.Value : until;
                laptops.Add((holder, new Holding(fact.Effective.Day, end.Day, fact.AssetTag)));
            }
        }

        var accesses = new List<(Guid Holder, Holding Holding)>();
        foreach (var facts in _accesses.Values)
        {
            foreach (var (fact, until) in Spans(facts.Where(f => f.RecordedAt <= knownAt), f => f.Version, f => f.Effective))
            {
                if (!fact.IsActive) continue;
                var end = fact.LastDay < until.Day ? fact.LastDay.Value.AddDays(1) : until.Day;
                accesses.Add((fact.PersonId, new Holding(fact.Effective.Day, end, "")));
            }
        }

        var laptopsOf = laptops.ToLookup(l => l.Holder, l => l.Holding);
        var accessesOf = accesses.ToLookup(a => a.Holder, a => a.Holding);
        var people = Newest(_people.Values, knownAt, p => p.RecordedAt, p => p.Version)
            .Select(p => new Coverage.Worker(p, [.. laptopsOf[p.PersonId]], [.. accessesOf[p.PersonId]]));
        return new Coverage([.. people], Newest(_units.Values, knownAt, u => u.RecordedAt, u => u.Version));
    }

    private static IEnumerable<T> Newest<T>(IEnumerable<List<T>> all, DateTimeOffset knownAt, Func<T, DateTimeOffset> recordedAt, Func<T, long> version) =>
        all.Select(versions => versions.Where(v => recordedAt(v) <= knownAt).MaxBy(version)).OfType<T>();

    /// <summary>
    /// How long each fact about one thing stays true. A newer version overrides the older ones from its own moment on, so that a later
    /// correction backwards in time counts.
    /// </summary>
    private static IEnumerable<(T Fact, Moment Until)> Spans<T>(IEnumerable<T> facts, Func<T, long> version, Func<T, Moment> effective)
    {
        var until = new Moment(DateTimeOffset.MaxValue, DateOnly.MaxValue);
        foreach (var fact in facts.OrderByDescending(version))
        {
            var from = effective(fact);
            if (from.At >= until.At) continue;
            yield return (fact, until);
            until = from;
        }
    }

    /// <summary>A loss ends only what began before it: a device found again and handed out anew is held.</summary>
    private static bool IsAfter(LossFact loss, CustodyFact custody) =>
        loss.Effective.At > custody.Effective.At || (loss.Effective.At == custody.Effective.At && loss.RecordedAt >= custody.RecordedAt);
}

/// <summary>Somebody has something from the end of one day on, until it is gone at the end of another.</summary>
/// <param name="From">First day at whose end it is there.</param>
/// <param name="Until">First day at whose end it is gone.</param>
/// <param name="AssetTag">Which device; empty for an access.</param>
internal readonly record struct Holding(DateOnly From, DateOnly Until, string AssetTag)
{
    public bool Covers(DateOnly day) => From <= day && day < Until;
}
