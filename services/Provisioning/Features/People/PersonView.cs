using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.People;

/// <summary>A person as they show beside what is theirs.</summary>
internal sealed record PersonView(Guid PersonId, string Name)
{
    public static PersonView? Of(Person? person) => person is null ? null : new(person.PersonId, person.Name);
}
