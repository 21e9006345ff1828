using Fleet.Portal.Web;
using Fleet.Portal.Wording;

namespace Fleet.Portal.Features.People;

/// <summary>What the acts on a person have in common.</summary>
internal static class PersonActs
{
    /// <summary>Who may act.</summary>
    public static string[] Roles { get; } = [Platform.Security.Roles.Hr, Platform.Security.Roles.Admin];

    public static IReadOnlyDictionary<string, string> FieldOfCode { get; } = new Dictionary<string, string>
    {
        ["personnel-number-in-use"] = "personnelNumber",
        ["user-name-in-use"] = "userName",
        ["email-in-use"] = "email",
        ["not-left"] = "startDate",
    };

    public static string Ask(Guid id) => $"api/assignment/people/{id}";

    public static Task<Answer<Person>> ReadAsync(FleetApi api, Guid id, CancellationToken ct) => api.GetAsync<Person>(Ask(id), ct);

    /// <summary>The person's page with a message.</summary>
    /// <param name="id">The person.</param>
    /// <param name="what">The end of the message's key.</param>
    public static string Done(Guid id, string what) => $"/people/{id}?done={what}";

    /// <summary>The key of a message, or null when the address names none.</summary>
    public static string? Message(string? what) => what is not null && Words.Find($"Person.Done.{what}") is not null ? $"Person.Done.{what}" : null;
}
