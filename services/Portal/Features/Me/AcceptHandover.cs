using Fleet.Platform.Security;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Fleet.Portal.Features.Me;

/// <summary>The receiver reads the terms and confirms a hand-over.</summary>
internal static class AcceptHandover
{
    private const string Path = "/me/handovers/{id:guid}";

    public static void MapAcceptHandover(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(AcceptHandover)).RequireRole(Own.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(AcceptHandover)}Sent").RequireRole(Own.Roles);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<AcceptHandoverPage>, ProblemHttpResult>> ShowAsync(
        Guid id, FleetApi api, Words words, IOptions<PortalTexts> options, CancellationToken ct)
    {
        var handover = await api.GetAsync<Handover>(ShowHandover.Ask(id), ct);
        if (handover.Value is not { } found) return Refusals.Of(handover.Status);
        if (found.AcceptedAt is not null) return TypedResults.LocalRedirect("/me?done=accepted");
        return Page(new AcceptForm(id, found.Tags(), W(words, options), ActKey.New(), []), StatusCodes.Status200OK);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<AcceptHandoverPage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, IOptions<PortalTexts> options, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new AcceptForm(id, sent.Text("tags"), W(words, options), key, []);
        if (sent.Text("accept") != "yes") return Page(form with { Errors = [new("accept", words["Me.Accept.Tick"])] }, StatusCodes.Status400BadRequest);
        var answer = await api.PostAsync<Handover>($"{ShowHandover.Ask(id)}/accept", new Nothing(), key, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect("/me?done=accepted");
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        return Page(form with { IsTicked = true, Key = ActKey.After(answer.Status, key), Errors = FormErrors.Of(answer.Status, answer.Problem, words, [], new Dictionary<string, string>()) }, answer.Status);
    }

    private static string W(Words words, IOptions<PortalTexts> options) => options.Value.Terms is { Length: > 0 } terms ? terms : words["Me.Terms"];

    private static RazorComponentResult<AcceptHandoverPage> Page(AcceptForm form, int status) => new(new { Form = form }) { StatusCode = status };
}

/// <summary>The body of an act that says everything by its address.</summary>
public sealed record Nothing;

/// <summary>The form as it was filled in.</summary>
/// <param name="Tags">The devices.</param>
/// <param name="Terms">What is confirmed.</param>
public sealed record AcceptForm(Guid Id, string Tags, string Terms, string Key, IReadOnlyList<FormError> Errors)
{
    public bool IsTicked { get; init; }
}
