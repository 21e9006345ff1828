using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.People;

/// <param name="UnitId">The newest placement's unit.</param>
/// <param name="StartDate">First day of the newest employment.</param>
/// <param name="EndDate">Last day of the newest employment; absent: open.</param>
/// <param name="HomeOfficeEligible">The newest placement's eligibility.</param>
/// <param name="KitId">What the person gets in the newest employment.</param>
/// <param name="Employments">All employments, oldest first.</param>
/// <param name="Placements">Unit and eligibility from each day on.</param>
internal sealed record PersonView(
    Guid Id, string PersonnelNumber, string UserName, string GivenName, string FamilyName, string Email, Guid UnitId,
    DateOnly StartDate, DateOnly? EndDate, bool HomeOfficeEligible, Guid? KitId, IReadOnlyList<EmploymentView> Employments, IReadOnlyList<Placement> Placements)
{
    public static PersonView Of(Document<Person> person) => Of(person.State);

    public static PersonView Of(Person person) => new(
        person.PersonId, person.PersonnelNumber, person.UserName, person.GivenName, person.FamilyName, person.Email, person.Current.UnitId,
        person.Employment.StartDate, person.Employment.EndDate, person.Current.HomeOfficeEligible, person.Employment.KitId,
        [.. person.Employments.Select(e => new EmploymentView(e.StartDate, e.EndDate))], person.Placements);
}

/// <param name="StartDate">First day.</param>
/// <param name="EndDate">Last day, that day included; absent: open.</param>
internal sealed record EmploymentView(DateOnly StartDate, DateOnly? EndDate);

/// <summary>A person where another thing is shown. The name is read from the person's own document at that moment, so a new one shows everywhere at once.</summary>
internal sealed record PersonRef(Guid PersonId, string Name, string UserName)
{
    public static PersonRef Of(Person person) => new(person.PersonId, person.Name, person.UserName);
}

/// <summary>Names for ids.</summary>
internal static class PersonRefs
{
    /// <summary>The people with these ids; ids twice or null do no harm.</summary>
    public static async Task<IReadOnlyDictionary<Guid, PersonRef>> RefsAsync(this IDocumentStore store, IEnumerable<Guid?> ids, CancellationToken ct)
    {
        var refs = new Dictionary<Guid, PersonRef>();
        foreach (var some in ids.OfType<Guid>().Distinct().Select(id => Key.Of(id)).Chunk(Query<Person>.MaxLimit))
        {
            foreach (var person in await store.FindManyAsync<Person>(some, ct)) refs[person.State.PersonId] = PersonRef.Of(person.State);
        }

        return refs;
    }

    /// <summary>The person with this id; null: nobody, or not known.</summary>
    public static PersonRef? Of(this IReadOnlyDictionary<Guid, PersonRef> people, Guid? id) => id is { } known ? people.GetValueOrDefault(known) : null;
}
