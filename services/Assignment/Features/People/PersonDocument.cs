using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.People;

/// <summary>People as stored, and by what they are found.</summary>
internal static class PersonDocument
{
    public static readonly Field<Person> PersonnelNumber = new("personnelNumber", p => Key.Folded(p.PersonnelNumber));
    public static readonly Field<Person> UserName = new("userName", p => Key.Folded(p.UserName));
    public static readonly Field<Person> Email = new("email", p => Key.Folded(p.Email));
    public static readonly Field<Person> Unit = new("unit", p => Key.Of(p.Current.UnitId));

    public static DocumentType<Person> Type { get; } = new("people",
        DocumentIndex<Person>.OneEach(PersonnelNumber), DocumentIndex<Person>.OneEach(UserName), DocumentIndex<Person>.OneEach(Email),
        DocumentIndex<Person>.On(Unit));
}
