using Fleet.Inventory.Domain;
using Fleet.Platform.Store;

namespace Fleet.Inventory.Features.People;

/// <summary>How people are stored: found by their id alone.</summary>
internal static class PersonDocument
{
    public static readonly DocumentType<Person> Type = new("people");
}
