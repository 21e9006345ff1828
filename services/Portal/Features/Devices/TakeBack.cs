using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Devices;

/// <summary>Takes a device back from whoever has it, or notes that a lost one turned up.</summary>
internal static class TakeBack
{
    private const string Path = "/devices/{id:guid}/take-back";
    private static readonly string[] Fields = ["condition"];
    private static readonly Dictionary<string, string> FieldOfCode = [];

    public static void MapTakeBack(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(TakeBack)).RequireRole(DeviceActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(TakeBack)}Sent").RequireRole(DeviceActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<TakeBackPage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, CancellationToken ct)
    {
        var device = await DeviceActs.ReadAsync(api, id, ct);
        return device.Value is null ? Refusals.Of(device.Status) : Page(new(id, device.Value.AssetTag, device.Value.Holder?.Name, "", ActKey.New(), []), StatusCodes.Status200OK);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<TakeBackPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, TimeProvider time, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } form || ActKey.Of(form) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var (tag, condition) = (form.Text("assetTag"), form.Text("condition"));
        var answer = await api.PostAsync<ReturnedDevice>("api/assignment/returns", new NewReturn(tag, Forms.OrNull(condition)), key, ct);
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status);
        if (answer.Value is null)
        {
            var errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode);
            return Page(new(id, tag, form.Text("holder"), condition, ActKey.After(answer.Status, key), errors), answer.Status);
        }

        await DeviceActs.HeardAsync(api, id, d => d.Status is not ("assigned" or "lost" or "stolen"), time, ct);
        return TypedResults.LocalRedirect(DeviceActs.Done(id, "takenBack"));
    }

    private static RazorComponentResult<TakeBackPage> Page(TakeBackModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>The body of a report of a loss.</summary>
/// <param name="Kind">lost or stolen.</param>
public sealed record NewLossReport(string AssetTag, string Kind);

/// <summary>The body of the act.</summary>
public sealed record NewReturn(string AssetTag, string? Condition);

/// <summary>A device that was taken back, as assignment answers.</summary>
public sealed record ReturnedDevice(Guid DeviceId);

/// <summary>What the page shows; the form carries it, so that it can be shown again while a service is away.</summary>
/// <param name="Holder">Who has it, by name, if that is known.</param>
/// <param name="Condition">As typed.</param>
public sealed record TakeBackModel(Guid Id, string AssetTag, string? Holder, string Condition, string Key, IReadOnlyList<FormError> Errors);
