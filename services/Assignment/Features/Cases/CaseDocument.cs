using Fleet.Assignment.Domain;
using Fleet.Platform.Store;

namespace Fleet.Assignment.Features.Cases;

/// <summary>Joiners' cases as stored, and by what they are found.</summary>
internal static class CaseDocument
{
    public static readonly Field<JoinerCase> Person = new("person", c => Key.Of(c.PersonId));
    public static readonly Field<JoinerCase> Employment = new("employment", c => Key.Of(c.Employment));
    public static readonly Field<JoinerCase> Status = new("status", c => c.Status.ToString());

    public static DocumentType<JoinerCase> Type { get; } = new("cases",
        DocumentIndex<JoinerCase>.OneEach(Person, Employment), DocumentIndex<JoinerCase>.On(Status));
}

/// <summary>VPN accesses as provisioning told of them.</summary>
internal static class AccessDocument
{
    public static readonly Field<KnownAccess> Person = new("person", a => Key.Of(a.PersonId));

    public static DocumentType<KnownAccess> Type { get; } = new("accesses", DocumentIndex<KnownAccess>.On(Person));
}
