namespace Fleet.Inventory.Domain;

/// <summary>Who has a device, as far as told: the newest timeline, and who told of each of its spells. Merging news in any order, once or often, comes to the same.</summary>
/// <param name="Version">Of the custody; the newest timeline stands. 0: nothing was told.</param>
/// <param name="Spells">Ascending; the last is open. Before the first the device was free.</param>
/// <param name="Tellings">Of every spell that any version held, so that one which a correction takes away and another gives back is told of as before.</param>
internal sealed record Custody(long Version, IReadOnlyList<Spell> Spells, IReadOnlyList<Telling> Tellings)
{
    public static Custody None { get; } = new(0, [], []);

    /// <summary>Adds what an event of the custody says; news that add nothing return the same instance.</summary>
    public Custody Merge(CustodyNews news)
    {
        var tellings = Tellings.ToDictionary(t => t.Spell);
        foreach (var told in news.Spells.Select(news.TellOf))
        {
            if (!tellings.TryGetValue(told.Spell, out var known) || told.IsBefore(known)) tellings[told.Spell] = told;
        }

        var isNewer = news.Version > Version;
        if (!isNewer && tellings.Count == Tellings.Count && Tellings.All(t => tellings[t.Spell] == t)) return this;
        return new Custody(
            isNewer ? news.Version : Version,
            isNewer ? news.Spells : Spells,
            [.. tellings.Values.OrderBy(t => t.Spell.From).ThenBy(t => t.Spell.State).ThenBy(t => t.Spell.PersonId)]);
    }

    /// <summary>Who told of a spell first.</summary>
    public Telling TellingOf(Spell spell) => Tellings.First(t => t.Spell == spell);
}

/// <summary>A stretch of time in which a device was in one state with one person.</summary>
/// <param name="From">It lasts until the next begins.</param>
/// <param name="State">Where the device was.</param>
/// <param name="PersonId">Held: who has it. Lost or stolen: who had it last, if anybody.</param>
internal sealed record Spell(DateTimeOffset From, CustodyState State, Guid? PersonId = null);

internal enum CustodyState
{
    Free,
    Held,
    Lost,
    Stolen,
}

/// <summary>An event of a device's custody.</summary>
/// <param name="Version">Of the custody after it.</param>
/// <param name="StreamNumber">Its place among the custody's events.</param>
/// <param name="Spells">The whole timeline after it.</param>
/// <param name="At">When it became true.</param>
/// <param name="RecordedAt">When Fleet learned it.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="CausedBy">The event that it echoes.</param>
/// <param name="Note">What was said about it.</param>
internal sealed record CustodyNews(
    long Version, long StreamNumber, IReadOnlyList<Spell> Spells, DateTimeOffset At, DateTimeOffset RecordedAt, Actor Actor,
    Guid? CausedBy = null, string? Note = null)
{
    /// <summary>What it says about one of its spells; cause and note belong to the spell that the event is about.</summary>
    public Telling TellOf(Spell spell) => spell.From == At
        ? new(spell, Version, true, StreamNumber, RecordedAt, Actor, CausedBy, Note)
        : new(spell, Version, false, StreamNumber, RecordedAt, Actor, null, null);
}

/// <summary>Who told of a spell, when and why.</summary>
/// <param name="Spell">What was told.</param>
/// <param name="Version">The first version of the custody that held the spell.</param>
/// <param name="IsAbout">Whether the event was about this spell, not another one of the timeline.</param>
/// <param name="StreamNumber">Which of the version's events it was.</param>
internal sealed record Telling(
    Spell Spell, long Version, bool IsAbout, long StreamNumber, DateTimeOffset RecordedAt, Actor Actor, Guid? CausedBy, string? Note)
{
    /// <summary>Whether this one tells of the spell's making rather than the other, which only held it too.</summary>
    public bool IsBefore(Telling other) =>
        (Version, IsAbout ? 0 : 1, StreamNumber).CompareTo((other.Version, other.IsAbout ? 0 : 1, other.StreamNumber)) < 0;
}
