using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Devices;

/// <summary>Hands a device over: the receiver is searched for, chosen, and confirmed.</summary>
internal static class HandOver
{
    private const string Path = "/devices/{id:guid}/hand-over";
    private const int MostMatches = 20;
    private static readonly string[] Fields = ["personId"];
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["person-has-left"] = "personId", ["person-unknown"] = "personId" };

    public static void MapHandOver(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(HandOver)).RequireRole(DeviceActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(HandOver)}Sent").RequireRole(DeviceActs.Roles);
    }

    private static Task<Results<RedirectHttpResult, RazorComponentResult<HandOverPage>, ProblemHttpResult>> ShowAsync(
        Guid id, string? search, FleetApi api, CancellationToken ct) =>
        PageAsync(id, search?.Trim() ?? "", null, ActKey.New(), [], StatusCodes.Status200OK, api, ct);

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<HandOverPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, TimeProvider time, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } form || ActKey.Of(form) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var search = form.Text("search");
        var device = await DeviceActs.ReadAsync(api, id, ct);
        if (device.Value is null) return Refusals.Of(device.Status);
        if (!Guid.TryParse(form.Text("personId"), out var person))
            return await PageAsync(id, search, null, key, [new("personId", words["HandOver.NobodyChosen"])], StatusCodes.Status400BadRequest, api, ct);

        var answer = await api.PostAsync<Handover>("api/assignment/handovers", new NewHandover(person, [device.Value.AssetTag]), key, ct);
        if (answer.Value is null)
        {
            var errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode);
            return await PageAsync(id, search, person, ActKey.After(answer.Status, key), errors, answer.Status, api, ct);
        }

        await DeviceActs.HeardAsync(api, id, d => d.Holder?.PersonId == person, time, ct);
        return TypedResults.LocalRedirect(DeviceActs.Done(id, "handedOver"));
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<HandOverPage>, ProblemHttpResult>> PageAsync(
        Guid id, string search, Guid? chosen, string key, IReadOnlyList<FormError> errors, int status, FleetApi api, CancellationToken ct)
    {
        var device = await DeviceActs.ReadAsync(api, id, ct);
        if (device.Value is null) return Refusals.Of(device.Status);

        var found = Answer<Listed<Receiver>>.Of(StatusCodes.Status200OK, new([], null));
        if (search.Length > 0) found = await api.GetAsync<Listed<Receiver>>(Ask(search), ct);
        // Nothing can be searched for with what was typed: then nobody is found. A form that was sent is shown again whatever is away.
        if (found.Value is null && found.Status != StatusCodes.Status400BadRequest && chosen is null) return Refusals.Of(found.Status);
        var model = new HandOverModel(device.Value, search, found.Value?.Items ?? [], found.Value?.Next is not null, chosen, key, errors);
        return new RazorComponentResult<HandOverPage>(new { Model = model }) { StatusCode = status };
    }

    /// <summary>The service's address for the people that match.</summary>
    public static string Ask(string search) => Links.Of("api/assignment/people", [("search", search), ("limit", $"{MostMatches}")]);
}

/// <summary>The body of the act.</summary>
public sealed record NewHandover(Guid PersonId, IReadOnlyList<string> AssetTags);

/// <summary>A hand-over as assignment answers it.</summary>
public sealed record Handover(Guid Id);

/// <summary>Somebody to choose from.</summary>
public sealed record Receiver(Guid Id, string PersonnelNumber, string GivenName, string FamilyName, DateOnly StartDate, DateOnly? EndDate);

/// <summary>What the page shows.</summary>
/// <param name="Search">As typed.</param>
/// <param name="Found">Who matches.</param>
/// <param name="AreMore">Whether more match than are shown.</param>
/// <param name="Chosen">Who was chosen before.</param>
public sealed record HandOverModel(
    Device Device, string Search, IReadOnlyList<Receiver> Found, bool AreMore, Guid? Chosen, string Key, IReadOnlyList<FormError> Errors);
