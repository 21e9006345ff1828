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

    public static readonly Field<Person> Kit = new("kit", p => p.Employment.KitId is { } kit ? Key.Of(kit) : null);
    public static readonly Field<Person> Eligible = new("eligible", p => p.Current.HomeOfficeEligible ? "true" : "false");
    public static readonly Field<Person> StartDate = new("startDate", p => Key.Of(p.Employment.StartDate));

    /// <summary>The last day of the newest employment; an open one ends on the last of all days.</summary>
    public static readonly Field<Person> LastDay = new("lastDay", p => Key.Of(p.Employment.EndDate ?? DateOnly.MaxValue));

    /// <summary>For sorting: family name, then given name, without regard to case and accents.</summary>
    public static readonly Field<Person> Name = new("name", p => $"{string.Join(' ', Key.Words(p.FamilyName))}, {string.Join(' ', Key.Words(p.GivenName))}");
    public static readonly Field<Person> Words =
        Field<Person>.Many("words", p => Key.Words(p.GivenName, p.FamilyName, p.PersonnelNumber, p.UserName, p.Email));

    public static DocumentType<Person> Type { get; } = new("people",
        DocumentIndex<Person>.OneEach(PersonnelNumber), DocumentIndex<Person>.OneEach(UserName), DocumentIndex<Person>.OneEach(Email),
        DocumentIndex<Person>.On(Unit), DocumentIndex<Person>.On(Kit), DocumentIndex<Person>.On(Eligible), DocumentIndex<Person>.On(StartDate),
        DocumentIndex<Person>.On(LastDay), DocumentIndex<Person>.On(Name), DocumentIndex<Person>.On(Words));
}
