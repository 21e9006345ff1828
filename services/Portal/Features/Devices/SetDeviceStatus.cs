using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Devices;

/// <summary>Sets a device's status by hand: repair, loss, retirement, disposal. The page says what follows; the form confirms it.</summary>
internal static class SetDeviceStatus
{
    private const string Path = "/devices/{id:guid}/status";
    private static readonly string[] Fields = ["note"];
    private static readonly Dictionary<string, string> FieldOfCode = [];

    public static void MapSetDeviceStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(SetDeviceStatus)).RequireRole(DeviceActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(SetDeviceStatus)}Sent").RequireRole(DeviceActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<DeviceStatusPage>, RedirectHttpResult, ProblemHttpResult>> ShowAsync(
        Guid id, string? to, FleetApi api, CancellationToken ct)
    {
        var device = await DeviceActs.ReadAsync(api, id, ct);
        if (device.Value is null) return Refusals.Of(device.Status);
        // Somebody has changed it since the reader saw the button.
        if (to is null || !device.Value.AllowedStatuses.Contains(to)) return TypedResults.LocalRedirect($"/devices/{id}");
        return Page(new(id, device.Value.AssetTag, to, "", ActKey.New(), []), StatusCodes.Status200OK);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<DeviceStatusPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } form || ActKey.Of(form) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var (to, note) = (form.Text("to"), form.Text("note"));
        if (!DeviceWords.Statuses.Contains(to)) return Refusals.Of(StatusCodes.Status400BadRequest);

        var answer = await api.PostAsync<Device>($"api/inventory/devices/{id}/status", new NewDeviceStatus(to, Forms.OrNull(note)), key, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect(DeviceActs.Done(id, "status"));
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        var errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode);
        return Page(new(id, form.Text("assetTag"), to, note, ActKey.After(answer.Status, key), errors), answer.Status);
    }

    private static RazorComponentResult<DeviceStatusPage> Page(DeviceStatusModel model, int status) => new(new { Model = model }) { StatusCode = status };
}

/// <summary>The body of the act.</summary>
public sealed record NewDeviceStatus(string Status, string? Note);

/// <summary>What the page shows; the form carries it, so that it can be shown again while the inventory is away.</summary>
/// <param name="To">The status to be set.</param>
/// <param name="Note">As typed.</param>
public sealed record DeviceStatusModel(Guid Id, string AssetTag, string To, string Note, string Key, IReadOnlyList<FormError> Errors);
