using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Features.People;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Search;

/// <summary>
/// Finds people, devices and units by beginnings of their words, as the services' own lists do, and the VPN accesses of whom and what was found. What is the
/// only hit is opened at once.
/// </summary>
internal static class ShowSearch
{
    private const int Most = 10;
    private const int Longest = 200;

    public static void MapShowSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/search", Handle).WithName(nameof(ShowSearch)).RequireRole(Roles.Staff);

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<SearchPage>, ProblemHttpResult>> Handle(string? q, FleetApi api, CancellationToken ct)
    {
        var text = (q ?? "").Trim();
        if (text.Length > Longest) text = text[..Longest];
        if (text.Length == 0) return Page(new SearchModel(text, null, null, null, null));
        var (people, devices, units) = (FindAsync<Candidate>("people"), FindAsync<Device>("devices"), FindAsync<NamedUnit>("units"));
        await Task.WhenAll(people, devices, units);
        if ((await people).IsAboutTheCaller) return Refusals.Of((await people).Status);
        var model = new SearchModel(text, (await people).Value, (await devices).Value, (await units).Value, null);
        if (model.Only() is { } only) return TypedResults.LocalRedirect(only);
        return Page(model with { Accesses = await AccessesOfAsync(model, api, ct) });

        async Task<Answer<Listed<T>>> FindAsync<T>(string list)
        {
            var found = await api.GetAsync<Listed<T>>(Ask(list, text), ct);
            // Signs alone cannot be searched for: nothing is called so.
            return found.Problem.Errors?.ContainsKey("search") == true ? Answer<Listed<T>>.Of(StatusCodes.Status200OK, new Listed<T>([], null)) : found;
        }
    }

    /// <summary>The service's address for what matches in one of its lists.</summary>
    /// <param name="list">people, devices or units.</param>
    /// <param name="text">As typed.</param>
    public static string Ask(string list, string text) =>
        Links.Of(list == "devices" ? "api/inventory/devices" : $"api/assignment/{list}", [("search", text), ("limit", $"{Most}")]);

    /// <summary>The service's address for the accesses of people or of devices.</summary>
    public static string AskAccesses(string of, IEnumerable<Guid> ids) => Links.Of("api/provisioning/accesses", [(of, string.Join(',', ids)), ("limit", $"{Most}")]);

    private static async Task<IReadOnlyList<Access>?> AccessesOfAsync(SearchModel found, FleetApi api, CancellationToken ct)
    {
        var people = OfAsync("personId", (found.People?.Items ?? []).Select(p => p.Id));
        var devices = OfAsync("deviceId", (found.Devices?.Items ?? []).Select(d => d.Id));
        await Task.WhenAll(people, devices);
        return (await people) is { } theirs && (await devices) is { } itsOwn ? [.. theirs.Concat(itsOwn).DistinctBy(a => a.Id).Take(Most)] : null;

        async Task<IReadOnlyList<Access>?> OfAsync(string of, IEnumerable<Guid> ids) =>
            ids.Any() ? (await api.GetAsync<Listed<Access>>(AskAccesses(of, ids), ct)).Value?.Items : [];
    }

    private static RazorComponentResult<SearchPage> Page(SearchModel model) => new(new { Model = model });
}

/// <summary>What the page shows; null: the service does not answer.</summary>
/// <param name="Text">As typed.</param>
public sealed record SearchModel(string Text, Listed<Candidate>? People, Listed<Device>? Devices, Listed<NamedUnit>? Units, IReadOnlyList<Access>? Accesses)
{
    public bool IsNothing => People is { Items.Count: 0 } && Devices is { Items.Count: 0 } && Units is { Items.Count: 0 };

    /// <summary>The page of the only hit; null: there is none, or several, or not everything could be asked.</summary>
    public string? Only()
    {
        if (People is null || Devices is null || Units is null) return null;
        string[] hits = [.. People.Items.Select(p => $"/people/{p.Id}"), .. Devices.Items.Select(d => $"/devices/{d.Id}"), .. Units.Items.Select(u => Links.Of("/people", [("unitId", $"{u.Id}")]))];
        return hits is [var only] ? only : null;
    }
}
