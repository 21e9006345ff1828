using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment;

/// <summary>What this service stores, and by what it is found.</summary>
internal static class Documents
{
    public static readonly Field<Unit> UnitParent = new("parent", u => u.Current.ParentId is { } parent ? Key.Of(parent) : null);
    public static readonly Field<Unit> UnitKind = new("kind", u => u.Kind.ToString());

    public static readonly Field<Person> PersonnelNumber = new("personnelNumber", p => p.PersonnelNumber);
    public static readonly Field<Person> UserName = new("userName", p => Key.Folded(p.UserName));
    public static readonly Field<Person> Email = new("email", p => Key.Folded(p.Email));
    public static readonly Field<Person> PersonUnit = new("unit", p => Key.Of(p.Current.UnitId));

    public static readonly Field<Kit> KitName = new("name", k => Key.Folded(k.Name));

    public static readonly Field<Custody> AssetTag = new("assetTag", c => Key.Folded(c.Device.AssetTag));
    public static readonly Field<Custody> ClaimedAt = new("claimedAt", c => c.Claim is { } claim ? Key.Of(claim.ClaimedAt) : null);

    // Only completed hand-overs are found in lists.
    public static readonly Field<Handover> HandoverStatus = new("status", h => h.Status.ToString());
    public static readonly Field<Handover> Receiver =
        new("receiver", h => h.Status == Domain.HandoverStatus.Completed ? Key.Of(h.Receiver.PersonId) : null);

    public static readonly Field<Handover> UndoneAt = new("undoneAt", h => h.UndoneAt is { } at ? Key.Of(at) : null);

    public static readonly Field<JoinerCase> CasePerson = new("person", c => Key.Of(c.PersonId));
    public static readonly Field<JoinerCase> CaseStatus = new("status", c => c.Status.ToString());

    /// <summary>All document types of this service.</summary>
    public static DocumentType[] All { get; } =
    [
        new DocumentType<Unit>("units", DocumentIndex<Unit>.On(UnitParent, UnitKind), DocumentIndex<Unit>.On(UnitKind), DocumentIndex<Unit>.On(UnitParent)),
        new DocumentType<Person>("people",
            DocumentIndex<Person>.OneEach(PersonnelNumber), DocumentIndex<Person>.OneEach(UserName), DocumentIndex<Person>.OneEach(Email),
            DocumentIndex<Person>.On(PersonUnit)),
        new DocumentType<Kit>("kits", DocumentIndex<Kit>.OneEach(KitName)),
        // Not unique: the inventory guards its tags, and news of two that swap theirs come one after the other.
        new DocumentType<Custody>("custodies", DocumentIndex<Custody>.On(AssetTag), DocumentIndex<Custody>.On(ClaimedAt)),
        new DocumentType<Handover>("handovers",
            DocumentIndex<Handover>.On(HandoverStatus), DocumentIndex<Handover>.On(Receiver), DocumentIndex<Handover>.On(UndoneAt)),
        new DocumentType<JoinerCase>("cases", DocumentIndex<JoinerCase>.OneEach(CasePerson), DocumentIndex<JoinerCase>.On(CaseStatus)),
    ];
}
