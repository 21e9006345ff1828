using Fleet.Platform.Security;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Devices;

/// <summary>Registers a device. The form carries the key of its act: sent twice, it registers once.</summary>
internal static class RegisterDevice
{
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["asset-tag-in-use"] = "assetTag", ["serial-number-in-use"] = "serialNumber" };

    public static void MapRegisterDevice(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/devices/register", Show).WithName(nameof(RegisterDevice)).RequireRole(DeviceActs.Roles);
        routes.MapPost("/devices/register", HandleAsync).WithName($"{nameof(RegisterDevice)}Sent").RequireRole(DeviceActs.Roles);
    }

    private static RazorComponentResult<RegisterDevicePage> Show(string? assetTag) =>
        Page(new DeviceForm { Key = ActKey.New(), AssetTag = assetTag ?? "" }, [], StatusCodes.Status200OK);

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<RegisterDevicePage>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = DeviceForm.Of(sent) with { Key = key };

        var answer = await api.PostAsync<Device>("api/inventory/devices", form.Body(), form.Key, ct);
        if (answer.Value is { } device) return TypedResults.LocalRedirect(DeviceActs.Done(device.Id, "registered"));
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status);
        return Page(form with { Key = ActKey.After(answer.Status, key) }, FormErrors.Of(answer.Status, answer.Problem, words, DeviceForm.Fields, FieldOfCode), answer.Status);
    }

    private static RazorComponentResult<RegisterDevicePage> Page(DeviceForm form, IReadOnlyList<FormError> errors, int status) =>
        new(new { Form = form, Errors = errors }) { StatusCode = status };
}

/// <summary>The form as it was typed.</summary>
public sealed record DeviceForm
{
    public static IReadOnlyList<string> Fields { get; } = ["assetTag", "serialNumber", "kind", "manufacturer", "model", "status", "location"];

    public string Key { get; init; } = "";
    public string AssetTag { get; init; } = "";
    public string SerialNumber { get; init; } = "";
    public string Kind { get; init; } = "laptop";
    public string Manufacturer { get; init; } = "";
    public string Model { get; init; } = "";
    public string Status { get; init; } = "inStock";
    public string Location { get; init; } = "";

    public static DeviceForm Of(IFormCollection form) => new()
    {
        AssetTag = form.Text("assetTag"),
        SerialNumber = form.Text("serialNumber"),
        Kind = form.Text("kind"),
        Manufacturer = form.Text("manufacturer"),
        Model = form.Text("model"),
        Status = form.Text("status"),
        Location = form.Text("location"),
    };

    /// <summary>What the inventory is sent. What was left empty is left out, so that it is the inventory that says what is missing.</summary>
    public NewDevice Body() => new(Forms.OrNull(AssetTag), Forms.OrNull(SerialNumber), Forms.OrNull(Kind), Forms.OrNull(Manufacturer), Forms.OrNull(Model), Forms.OrNull(Status), Forms.OrNull(Location));
}

/// <summary>The body of a registration.</summary>
public sealed record NewDevice(string? AssetTag, string? SerialNumber, string? Kind, string? Manufacturer, string? Model, string? Status, string? Location);
