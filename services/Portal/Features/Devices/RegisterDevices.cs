using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Devices;

/// <summary>
/// Registers many devices of one model, a line each. Each line is an act with a key of its own, so what is sent again after a break registers nothing twice;
/// lines that were refused stay in the form with the reason.
/// </summary>
internal static class RegisterDevices
{
    private const string Path = "/devices/register-many";
    private const int Most = 500;

    public static void MapRegisterDevices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithName(nameof(RegisterDevices)).RequireRole(DeviceActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(RegisterDevices)}Sent").RequireRole(DeviceActs.Roles);
    }

    private static RazorComponentResult<RegisterDevicesPage> Show() => Page(new DeviceForm { Key = ActKey.New() }, "", 0, [], StatusCodes.Status200OK);

    private static async Task<Results<RazorComponentResult<RegisterDevicesPage>, ProblemHttpResult>> HandleAsync(HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var (form, typed) = (DeviceForm.Of(sent) with { Key = key }, sent.Text("lines"));
        var lines = DeviceLine.Read(typed);
        if (lines.Count is 0 or > Most || lines.Any(l => l.SerialNumber is null))
        {
            var wrong = lines.FirstOrDefault(l => l.SerialNumber is null) is { } line ? words["Devices.Many.Line", line.Text] : words["Devices.Many.HowMany", Words.Count(Most)];
            return Page(form, typed, 0, [new("lines", wrong)], StatusCodes.Status400BadRequest);
        }

        var (registered, left, errors, status) = (0, new List<string>(), new List<FormError>(), StatusCodes.Status200OK);
        foreach (var line in lines)
        {
            // The service is away: the rest need not be tried.
            var answer = status == StatusCodes.Status503ServiceUnavailable
                ? Answer<Device>.Refused(status)
                : await api.PostAsync<Device>("api/inventory/devices", (form with { AssetTag = line.AssetTag, SerialNumber = line.SerialNumber! }).Body(), ActKey.Part(key, line.Text), ct);
            if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status);
            if (answer.Value is not null)
            {
                registered++;
                continue;
            }

            if (status != StatusCodes.Status503ServiceUnavailable)
                errors.AddRange(FormErrors.Of(answer.Status, answer.Problem, words, DeviceForm.Fields, new Dictionary<string, string>()).Select(e => new FormError("lines", answer.Status == StatusCodes.Status503ServiceUnavailable ? e.Text : $"{line.Text}: {e.Text}")));
            status = answer.Status;
            left.Add(line.Text);
        }

        return Page(form with { Key = ActKey.After(status, key) }, string.Join('\n', left), registered, [.. errors.Distinct().Take(20)], status);
    }

    private static RazorComponentResult<RegisterDevicesPage> Page(DeviceForm form, string lines, int registered, IReadOnlyList<FormError> errors, int status) =>
        new(new { Form = form, Lines = lines, Registered = registered, Errors = errors }) { StatusCode = status };
}
