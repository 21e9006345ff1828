using Fleet.Gateway.Domain;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.People;

/// <summary>How the copies of people are stored; the id is the person's.</summary>
internal static class PersonDocument
{
    public static readonly Field<Person> UserName = new("userName", p => Key.Folded(p.UserName));

    public static readonly DocumentType<Person> Type = new("people", DocumentIndex<Person>.On(UserName));
}
