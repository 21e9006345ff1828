using Fleet.Portal.Domain;
using Fleet.Portal.Web;

namespace Fleet.Portal.Features.Handovers;

/// <summary>Finds people who may be meant as receivers.</summary>
internal static class Candidates
{
    private const int Most = 20;

    /// <summary>Who matches; nobody when nothing can be searched for with what was typed.</summary>
    /// <param name="api">The services.</param>
    /// <param name="search">As typed; empty: nobody is looked for.</param>
    /// <param name="ct">Ends the search.</param>
    public static async Task<(Listed<Candidate> Found, int Status)> FindAsync(FleetApi api, string search, CancellationToken ct)
    {
        var none = new Listed<Candidate>([], null);
        if (search.Length == 0) return (none, StatusCodes.Status200OK);
        var found = await api.GetAsync<Listed<Candidate>>(Ask(search), ct);
        return found.Status == StatusCodes.Status400BadRequest ? (none, StatusCodes.Status200OK) : (found.Value ?? none, found.Status);
    }

    /// <summary>The service's address for the people that match.</summary>
    public static string Ask(string search) => Links.Of("api/assignment/people", [("search", search), ("limit", $"{Most}")]);
}
