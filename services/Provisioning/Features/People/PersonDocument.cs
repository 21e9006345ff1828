using System.Text.Json.Nodes;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.People;

/// <summary>How people are stored: by their ids.</summary>
internal static class PersonDocument
{
    public static readonly DocumentType<Person> Type = new("people");

    /// <summary>Schema 1 had the newest employment only.</summary>
    public static readonly Migration ToEmployments = new(1, Type.Name, state =>
    {
        var employment = new JsonObject { ["startDate"] = state["startDate"]?.DeepClone() };
        if (state["endDate"] is { } last) employment["endDate"] = last.DeepClone();
        state["employments"] = new JsonArray(employment);
        foreach (var old in (string[])["startDate", "endDate", "userName"]) state.Remove(old);
        return state;
    });
}
