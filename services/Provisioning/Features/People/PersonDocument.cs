using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.People;

/// <summary>How people are stored: by their ids.</summary>
internal static class PersonDocument
{
    public static readonly DocumentType<Person> Type = new("people");
}
