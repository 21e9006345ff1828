using System.Security.Claims;
using Fleet.Platform.Security;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Fleet.Portal.Features.Me;

/// <summary>Reports a loss, at night and on a telephone: which device, lost or stolen, send; the answer says what became of its VPN and whom to call.</summary>
internal static class ReportLoss
{
    private const string Path = "/me/loss";
    private static readonly string[] Kinds = ["lost", "stolen"];
    private static readonly string[] Fields = ["assetTag", "kind"];
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["device-unknown"] = "assetTag", ["loss-already-reported"] = "assetTag" };

    public static void MapReportLoss(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(ReportLoss)).RequireRole(Own.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(ReportLoss)}Sent").RequireRole(Own.Roles);
        routes.MapGet($"{Path}/{{device:guid}}", ShowReportedAsync).WithName($"{nameof(ReportLoss)}Done").RequireRole(Own.Roles);
    }

    private static async Task<Results<RazorComponentResult<LossPage>, ProblemHttpResult>> ShowAsync(ClaimsPrincipal user, Own own, CancellationToken ct)
    {
        if (Own.PersonOf(user) is not { } person) return Refusals.Of(StatusCodes.Status404NotFound);
        var handovers = await own.HandoversAsync(person, ct);
        return handovers.Value is { } found
            ? Page(new LossForm(ActKey.New(), [.. Own.DevicesOf(found).Where(d => d.Device.LostAt is null).Select(d => new LossChoice(d.Device.AssetTag, d.Device.Kind))]), StatusCodes.Status200OK)
            : Refusals.Of(handovers.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<LossPage>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        // The form carries what could be chosen: it is shown again although nothing may answer.
        var choices = sent["choice"].OfType<string>().Select(c => c.Split('|', 2)).Where(c => c.Length == 2).Select(c => new LossChoice(c[1], c[0])).ToList();
        var form = new LossForm(key, choices) { AssetTag = sent.Text("assetTag"), Kind = Kinds.Contains(sent.Text("kind")) ? sent.Text("kind") : Kinds[0] };
        if (form.AssetTag is "") return Page(form with { Errors = [new("assetTag", words["Me.Loss.Which"])] }, StatusCodes.Status400BadRequest);

        var answer = await api.PostAsync<ReturnedDevice>("api/assignment/loss-reports", new NewLossReport(form.AssetTag, form.Kind), key, ct);
        if (answer.Value is { } lost) return TypedResults.LocalRedirect($"{Path}/{lost.DeviceId}");
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status);
        return Page(form with { Key = ActKey.After(answer.Status, key), Errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode) }, answer.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<LossReportedPage>, ProblemHttpResult>> ShowReportedAsync(
        Guid device, ClaimsPrincipal user, Own own, IOptions<PortalTexts> options, CancellationToken ct)
    {
        if (Own.PersonOf(user) is not { } person) return Refusals.Of(StatusCodes.Status404NotFound);
        // Nobody is told that a loss is reported when it is not: an old address, a device that was found. While assignment is away, they have just reported it.
        if ((await own.HandoversAsync(person, ct)).Value is { } handovers && !Own.DevicesOf(handovers).Any(d => d.Device.DeviceId == device && d.Device.LostAt is not null))
            return TypedResults.LocalRedirect("/me");
        var accesses = await own.EndedAsync(person, device, ct);
        return new RazorComponentResult<LossReportedPage>(new { Model = new LossReported(accesses, options.Value.ServiceDesk) });
    }

    private static RazorComponentResult<LossPage> Page(LossForm form, int status) => new(new { Form = form }) { StatusCode = status };
}

/// <summary>The form as it was filled in.</summary>
/// <param name="Choices">What the person has.</param>
public sealed record LossForm(string Key, IReadOnlyList<LossChoice> Choices)
{
    public string AssetTag { get; init; } = "";
    public string Kind { get; init; } = "lost";
    public IReadOnlyList<FormError> Errors { get; init; } = [];
}

public sealed record LossChoice(string AssetTag, string Kind);

/// <summary>What became of a report.</summary>
/// <param name="Accesses">The device's VPN accesses; null: provisioning does not answer yet.</param>
/// <param name="ServiceDesk">Whom to call.</param>
public sealed record LossReported(IReadOnlyList<Access>? Accesses, string? ServiceDesk);
