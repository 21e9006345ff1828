namespace Fleet.Provisioning.Domain;

/// <summary>Where a device is as far as people are concerned.</summary>
internal enum CustodyState
{
    Free,
    Held,
    Lost,
    Stolen,
}

/// <summary>A stretch of time in which a device was in one state with one person.</summary>
/// <param name="SpellId">Stays the same when only the instants are corrected; another receiver is another spell.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">When the next began; null: it is the last.</param>
/// <param name="State">Held is what accesses live by; the state of the next spell says why it ended.</param>
/// <param name="PersonId">Held: who has it.</param>
/// <param name="VpnIncluded">Held: the holder's kit holds VPN.</param>
/// <param name="Version">The newest version of the custody that holds this spell; older than the custody's own: it was corrected away.</param>
internal sealed record CustodySpell(
    Guid SpellId, DateTimeOffset From, DateTimeOffset? Until, CustodyState State, Guid? PersonId, bool VpnIncluded, long Version);

/// <summary>
/// What is known of a device's custody: the newest timeline, and the spells of older ones that no longer stand. Put together from events in any
/// order, each any number of times, it comes out the same; what accesses there should be follows from it alone.
/// </summary>
internal sealed record DeviceCustody
{
    public required Guid DeviceId { get; init; }

    /// <summary>Whether it is a laptop: only these get accesses by themselves.</summary>
    public required bool IsLaptop { get; init; }

    /// <summary>The newest version heard of.</summary>
    public required long Version { get; init; }

    /// <summary>Every spell ever heard of, as the newest version that holds it tells it, ascending.</summary>
    public required IReadOnlyList<CustodySpell> Spells { get; init; }

    /// <summary>The spell in which somebody has the device now; null: nobody has.</summary>
    public CustodySpell? Held() => Timeline().LastOrDefault() is { State: CustodyState.Held, Until: null } held ? held : null;

    public CustodyState Now() => Timeline().LastOrDefault()?.State ?? CustodyState.Free;

    public CustodySpell? Find(Guid spellId) => Spells.FirstOrDefault(s => s.SpellId == spellId);

    /// <summary>Both together; either one, if it adds nothing.</summary>
    public DeviceCustody With(DeviceCustody heard)
    {
        var newer = heard.Version > Version ? heard : this;
        List<CustodySpell> spells =
        [
            .. Spells.Concat(heard.Spells).GroupBy(s => s.SpellId).Select(g => g.MaxBy(s => s.Version)!)
                .OrderBy(s => s.From).ThenBy(s => s.Until ?? DateTimeOffset.MaxValue).ThenBy(s => s.SpellId),
        ];
        return ReferenceEquals(newer, this) && spells.SequenceEqual(Spells) ? this : newer with { Spells = spells };
    }

    /// <summary>The accesses that hand-overs of this device bring about by themselves, as they were requested; each is named after its spell.</summary>
    public IEnumerable<Access> Requested() => Spells
        .Where(s => IsLaptop && s is { State: CustodyState.Held, VpnIncluded: true, PersonId: not null })
        .Select(s => Access.Request(s.SpellId, s.PersonId!.Value, s.From) with { DeviceId = DeviceId, SpellId = s.SpellId });

    /// <summary>The spell that an access is to end with which an older build made without naming one: that in which its person had the device then.</summary>
    public Access Bind(Access access) => access.SpellId is null
        && Timeline().FirstOrDefault(s => s.State == CustodyState.Held && s.PersonId == access.PersonId && s.From <= access.RequestedAt && !(s.Until <= access.RequestedAt)) is { } spell
        ? access with { SpellId = spell.SpellId }
        : access;

    /// <summary>When and why the accesses of a spell end; null: they go on, or nothing is known of the spell.</summary>
    public Ending? EndOf(Guid spellId) => Find(spellId) switch
    {
        null => null,
        var spell when spell.Version < Version => Ending.Revoked(spell.From, "corrected"),
        { Until: { } until } spell => Ending.Revoked(until, ReasonAfter(spell)),
        _ => null,
    };

    private IEnumerable<CustodySpell> Timeline() => Spells.Where(s => s.Version == Version);

    private string ReasonAfter(CustodySpell spell) => Timeline().FirstOrDefault(s => s.SpellId != spell.SpellId && s.From >= spell.Until)?.State switch
    {
        CustodyState.Lost => "lost",
        CustodyState.Stolen => "stolen",
        _ => "returned",
    };
}
