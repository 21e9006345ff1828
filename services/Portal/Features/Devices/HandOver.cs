using Fleet.Platform.Security;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Devices;

/// <summary>Hands a device over: the receiver is searched for, chosen, and confirmed.</summary>
internal static class HandOver
{
    private const string Path = "/devices/{id:guid}/hand-over";
    private static readonly string[] Fields = ["personId"];
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["person-has-left"] = "personId", ["person-unknown"] = "personId" };

    public static void MapHandOver(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(HandOver)).RequireRole(DeviceActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(HandOver)}Sent").RequireRole(DeviceActs.Roles);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<HandOverPage>, ProblemHttpResult>> ShowAsync(
        Guid id, string? search, FleetApi api, CancellationToken ct)
    {
        var device = await DeviceActs.ReadAsync(api, id, ct);
        if (device.Value is null) return Refusals.Of(device.Status);
        var handOver = new HandOverModel(id, device.Value.AssetTag, $"{device.Value.Manufacturer} {device.Value.Model}", search?.Trim() ?? "", ActKey.New());
        var (found, status) = await WithMatchesAsync(handOver, api, ct);
        return status == StatusCodes.Status200OK ? Page(found, status) : Refusals.Of(status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<HandOverPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, TimeProvider time, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } form || ActKey.Of(form) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var handOver = new HandOverModel(id, form.Text("assetTag"), form.Text("model"), form.Text("search"), key);
        if (!Guid.TryParse(form.Text("personId"), out var person))
        {
            var nobody = handOver with { Errors = [new("personId", words["HandOver.NobodyChosen"])] };
            return Page((await WithMatchesAsync(nobody, api, ct)).Model, StatusCodes.Status400BadRequest);
        }

        var answer = await api.PostAsync<Handover>("api/assignment/handovers", new NewHandover(person, [handOver.AssetTag]), key, ct);
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status);
        if (answer.Value is null)
        {
            var refused = handOver with { Chosen = person, Key = ActKey.After(answer.Status, key), Errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode) };
            return Page((await WithMatchesAsync(refused, api, ct)).Model, answer.Status);
        }

        await DeviceActs.HeardAsync(api, id, d => d.Holder?.PersonId == person, time, ct);
        return TypedResults.LocalRedirect(DeviceActs.Done(id, "handedOver"));
    }

    /// <summary>With the people that match what was typed; nobody while the service is away, or when nothing can be searched for with it.</summary>
    private static async Task<(HandOverModel Model, int Status)> WithMatchesAsync(HandOverModel model, FleetApi api, CancellationToken ct)
    {
        var (found, status) = await Candidates.FindAsync(api, model.Search, ct);
        return (model with { Found = found.Items, AreMore = found.Next is not null }, status);
    }

    private static RazorComponentResult<HandOverPage> Page(HandOverModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>What the page shows; the form carries the device, so that it can be shown again while a service is away.</summary>
/// <param name="Search">As typed.</param>
public sealed record HandOverModel(Guid Id, string AssetTag, string Model, string Search, string Key)
{
    /// <summary>Who matches.</summary>
    public IReadOnlyList<Candidate> Found { get; init; } = [];

    /// <summary>Whether more match than are shown.</summary>
    public bool AreMore { get; init; }

    /// <summary>Who was chosen before.</summary>
    public Guid? Chosen { get; init; }
    public IReadOnlyList<FormError> Errors { get; init; } = [];
}
