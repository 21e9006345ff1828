using Fleet.Platform.Security;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Features.Counter;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.People;

/// <summary>Says when somebody leaves, or that they stay after all. The page names what they still have, because that is to come back.</summary>
internal static class LeavePerson
{
    private const string Path = "/people/{id:guid}/leave";
    private const string StayPath = "/people/{id:guid}/stay";

    public static void MapLeavePerson(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(LeavePerson)).RequireRole(PersonActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(LeavePerson)}Sent").RequireRole(PersonActs.Roles);
        routes.MapGet(StayPath, ShowStayAsync).WithName("StayPerson").RequireRole(PersonActs.Roles);
        routes.MapPost(StayPath, HandleStayAsync).WithName("StayPersonSent").RequireRole(PersonActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<LeavePage>, ProblemHttpResult>> ShowAsync(Guid id, FleetApi api, CancellationToken ct)
    {
        var (person, devices, accesses) = (
            PersonActs.ReadAsync(api, id, ct), api.GetAsync<Listed<Device>>(CounterCards.AskHeld(id), ct), api.GetAsync<Listed<Access>>(ShowPerson.AskAccesses(id), ct));
        await Task.WhenAll(person, devices, accesses);
        if ((await person).Value is not { } p) return Refusals.Of((await person).Status);
        return Page(new LeaveForm(id, p.Name(), "", ActKey.New(), [])
        {
            Devices = (await devices).Value?.CountAll(d => d.Status == "assigned"),
            Accesses = (await accesses).Value?.CountAll(a => a.IsLive()),
        }, StatusCodes.Status200OK);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<LeavePage>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var form = new LeaveForm(id, sent.Text("name"), sent.Text("lastDay"), key, [])
        {
            Devices = Forms.CountOrNull(sent.Text("devices")),
            Accesses = Forms.CountOrNull(sent.Text("accesses")),
        };
        if (TypedTime.Day(form.LastDay) is not { } lastDay) return Page(form with { Errors = [new("lastDay", words["Form.Day.Wrong"])] }, StatusCodes.Status400BadRequest);
        var answer = await api.PostAsync<Person>($"{PersonActs.Ask(id)}/leave", new Leaving(lastDay), key, ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect(PersonActs.Done(id, "leaves"));
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        var errors = FormErrors.Of(answer.Status, answer.Problem, words, ["lastDay"], PersonActs.FieldOfCode).Select(e => e.Field == "lastDay" ? e with { Text = words["Person.LastDay.Wrong"] } : e);
        return Page(form with { Key = ActKey.After(answer.Status, key), Errors = [.. errors] }, answer.Status);
    }

    private static async Task<Results<RazorComponentResult<StayPage>, ProblemHttpResult>> ShowStayAsync(Guid id, FleetApi api, CancellationToken ct)
    {
        var person = await PersonActs.ReadAsync(api, id, ct);
        return person.Value is { } p ? StayPage(new LeaveForm(id, p.Name(), p.EndDate is { } end ? Words.Day(end) : "", ActKey.New(), []) { Version = person.ETag }, StatusCodes.Status200OK) : Refusals.Of(person.Status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<StayPage>, ProblemHttpResult>> HandleStayAsync(
        Guid id, HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } sent || ActKey.Of(sent) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var answer = await api.PatchAsync<Person>(PersonActs.Ask(id), new NoEnd(), sent.Text("version"), ct);
        if (answer.Value is not null) return TypedResults.LocalRedirect(PersonActs.Done(id, "stays"));
        if (answer.IsAboutTheCaller || answer.Status == StatusCodes.Status404NotFound) return Refusals.Of(answer.Status);
        return StayPage(new LeaveForm(id, sent.Text("name"), sent.Text("lastDay"), key, FormErrors.Of(answer.Status, answer.Problem, words, [], PersonActs.FieldOfCode)) { Version = sent.Text("version") }, answer.Status);
    }

    private static RazorComponentResult<LeavePage> Page(LeaveForm form, int status) => new(new { Form = form }) { StatusCode = status };

    private static RazorComponentResult<StayPage> StayPage(LeaveForm form, int status) => new(new { Form = form }) { StatusCode = status };
}

/// <summary>The form as it was typed.</summary>
/// <param name="Name">Who it is about.</param>
public sealed record LeaveForm(Guid Id, string Name, string LastDay, string Key, IReadOnlyList<FormError> Errors)
{
    /// <summary>Of the person, as it was shown, where the act changes it.</summary>
    public string? Version { get; init; }

    /// <summary>How many devices they have; null: it is not known.</summary>
    public int? Devices { get; init; }

    /// <summary>How many VPN accesses end; null: it is not known.</summary>
    public int? Accesses { get; init; }
}
