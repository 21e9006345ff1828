using Fleet.Platform.Security;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Handovers;

/// <summary>Corrects a hand-over that was wrong: who received it, which devices, or when; with the reason. Only what is changed is sent.</summary>
internal static class CorrectHandover
{
    private const string Path = "/handovers/{id:guid}/correct";
    private static readonly string[] Fields = ["reason", "personId", "effectiveAt", "assetTags"];
    private static readonly Dictionary<string, string> FieldOfCode = new()
    {
        ["person-has-left"] = "personId",
        ["person-unknown"] = "personId",
        ["device-unknown"] = "assetTags",
        ["device-already-issued"] = "assetTags",
        ["spell-in-the-way"] = "assetTags",
    };

    public static void MapCorrectHandover(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(CorrectHandover)).RequireRole(DeviceActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(CorrectHandover)}Sent").RequireRole(DeviceActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<CorrectHandoverPage>, ProblemHttpResult>> ShowAsync(
        Guid id, string? search, FleetApi api, TypedTime times, CancellationToken ct)
    {
        var handover = await api.GetAsync<Handover>(ShowHandover.Ask(id), ct);
        if (handover.Value is not { } found) return Refusals.Of(handover.Status);
        var name = found.Person?.Name ?? "";
        var form = new CorrectionForm(id, new Said(found.PersonId, name, times.Written(found.EffectiveAt), found.Tags()), ActKey.New())
        {
            Person = found.PersonId,
            When = times.Written(found.EffectiveAt),
            Tags = found.Tags(),
            Search = search?.Trim() ?? "",
        };
        return await PageAsync(form, StatusCodes.Status200OK, api, ct);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<CorrectHandoverPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, TypedTime times, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key || !Guid.TryParse(sent.Text("wasPerson"), out var was))
            return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = CorrectionForm.Of(id, sent, was, key);
        DateTimeOffset? when = null;
        if (form.When != form.Before.When && (when = times.Instant(form.When)) is null)
            return await PageAsync(form with { Errors = [new("effectiveAt", words["Form.Time.Wrong"])] }, StatusCodes.Status400BadRequest, api, ct);

        var correction = new NewCorrection(
            Forms.OrNull(form.Reason), form.Person != form.Before.Person ? form.Person : null, when,
            form.Tags != form.Before.Tags ? CorrectionForm.Split(form.Tags) : null);
        var answer = await api.PostAsync<Handover>($"{ShowHandover.Ask(id)}/correct", correction, key, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect($"/handovers/{id}?done=corrected");
        if (answer.IsAboutTheCaller || (answer.Status == StatusCodes.Status404NotFound && answer.Problem.Code is not ("person-unknown" or "device-unknown"))) return Refusals.Of(answer.Status);
        return await PageAsync(
            form with { Key = ActKey.After(answer.Status, key), Errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode) }, answer.Status, api, ct);
    }

    private static async Task<RazorComponentResult<CorrectHandoverPage>> PageAsync(CorrectionForm form, int status, FleetApi api, CancellationToken ct)
    {
        var (found, _) = await Candidates.FindAsync(api, form.Search, ct);
        return new RazorComponentResult<CorrectHandoverPage>(new { Form = form with { Found = [.. found.Items.Where(p => p.Id != form.Before.Person)], AreMore = found.Next is not null } })
        {
            StatusCode = status,
        };
    }
}

/// <summary>What the hand-over says before the correction; the form carries it, so that it can be shown again while assignment is away.</summary>
public sealed record Said(Guid Person, string Name, string When, string Tags);

/// <summary>The form as it was typed.</summary>
public sealed record CorrectionForm(Guid Id, Said Before, string Key)
{
    public string Reason { get; init; } = "";
    public Guid Person { get; init; }
    public string When { get; init; } = "";
    public string Tags { get; init; } = "";

    /// <summary>Another receiver, as searched for.</summary>
    public string Search { get; init; } = "";
    public IReadOnlyList<Candidate> Found { get; init; } = [];
    public bool AreMore { get; init; }
    public IReadOnlyList<FormError> Errors { get; init; } = [];

    public static CorrectionForm Of(Guid id, IFormCollection form, Guid was, string key) =>
        new(id, new Said(was, form.Text("wasName"), form.Text("wasWhen"), form.Text("wasTags")), key)
        {
            Reason = form.Text("reason"),
            Person = Guid.TryParse(form.Text("personId"), out var person) ? person : was,
            When = form.Text("effectiveAt"),
            Tags = form.Text("assetTags"),
            Search = form.Text("search"),
        };

    /// <summary>Tags as they are typed: with commas or spaces between them.</summary>
    public static IReadOnlyList<string> Split(string tags) => tags.Split([',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
