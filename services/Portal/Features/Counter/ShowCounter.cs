using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Counter;

/// <summary>
/// The counter: one field that takes whatever is scanned or typed, cards of what it knows so far, and what can be done with it now. The page is the same with
/// and without a script; the script only spares the way from page to page.
/// </summary>
internal static class ShowCounter
{
    private static readonly Dictionary<string, CounterVerb> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["T"] = CounterVerb.TakeBack,
        ["X"] = CounterVerb.Exchange,
        ["R"] = CounterVerb.Repair,
        ["L"] = CounterVerb.Lost,
    };

    public static void MapShowCounter(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(CounterState.Path, ShowAsync).WithName(nameof(ShowCounter)).RequireRole(DeviceActs.Roles);
        routes.MapPost(CounterState.Path, HandleAsync).WithName($"{nameof(ShowCounter)}Sent").RequireRole(DeviceActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<CounterPage>, ProblemHttpResult>> ShowAsync(HttpRequest request, string? done, CounterCards cards, CancellationToken ct)
    {
        var model = await cards.OfAsync(CounterState.Read(n => request.Query[n]), RecentActs.Of(request), ct);
        return Page(model with { IsDone = done is not null }, StatusCodes.Status200OK);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<CounterPage>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, Recognition recognition, CounterActs acts, CounterCards cards, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } form || ActKey.Of(form) is not { } key) return Refusals.Of(StatusCodes.Status400BadRequest);
        var state = CounterState.Read(n => form[n]);
        var typed = form.Text("input");

        if (form.Text("drop") is { Length: > 0 } dropped) return TypedResults.LocalRedirect(state.Without(dropped).Address());
        if (Enum.TryParse<CounterVerb>(form.Text("act"), out var pressed) && Enum.IsDefined(pressed)) return await ActAsync(pressed);
        if (typed.Length == 0)
        {
            if (Guid.TryParse(form.Text("pick"), out var picked)) return TypedResults.LocalRedirect(state.With(picked).Address());
            return await EnterAsync();
        }

        if (state.Shown is not null && Keys.TryGetValue(typed, out var verb)) return await ActAsync(verb);
        return await ScanAsync();

        async Task<Results<RedirectHttpResult, RazorComponentResult<CounterPage>, ProblemHttpResult>> ScanAsync()
        {
            var found = await recognition.FindAsync(typed, ct);
            if (found.IsAway) return await TroubleAsync(m => m with { Typed = typed, IsAway = true, Key = key }, StatusCodes.Status503ServiceUnavailable);
            foreach (var device in found.Devices)
            {
                (state, var act) = state.With(device.AssetTag, device.Status == "inStock");
                if (act is not null) return await DoAsync(act);
            }

            if (found.People is [var person]) state = state.With(person.Id);
            if (found.People.Count > 1)
                return await TroubleAsync(m => m with { Choices = found.People, AreMore = found.AreMore, Sought = typed }, StatusCodes.Status200OK);
            if (found.Unknown.Count > 0) return await TroubleAsync(m => m with { Unknown = found.Unknown }, StatusCodes.Status200OK);
            return TypedResults.LocalRedirect(state.Address());
        }

        async Task<Results<RedirectHttpResult, RazorComponentResult<CounterPage>, ProblemHttpResult>> EnterAsync()
        {
            Guid? holder = null;
            if (state is { Shown: not null, Person: not null })
            {
                var shown = await acts.DeviceAsync(state.Shown, ct);
                if (shown.Status == StatusCodes.Status503ServiceUnavailable) return await TroubleAsync(m => m with { IsAway = true, Key = key }, shown.Status);
                holder = shown.Value?.Holder?.PersonId;
            }

            return state.Enter(holder) is { } act ? await DoAsync(act) : TypedResults.LocalRedirect(state.Address());
        }

        async Task<Results<RedirectHttpResult, RazorComponentResult<CounterPage>, ProblemHttpResult>> ActAsync(CounterVerb what)
        {
            // What the page did not offer in this state, it does not do.
            if (what == CounterVerb.HandOver ? state.Person is null || state.Devices.Count == 0 : state.Shown is null || (what == CounterVerb.Transfer && state.Person is null))
                return TypedResults.LocalRedirect(state.Address());
            if (what != CounterVerb.Exchange) return await DoAsync(new CounterAct(what));
            var shown = await acts.DeviceAsync(state.Shown!, ct);
            if (shown.Value is null) return await RefusedAsync(new(state, [], new CounterRefusal(shown.Status, shown.Problem)));
            return TypedResults.LocalRedirect(shown.Value.Holder is { } holder ? state.Exchanging(holder.PersonId).Address() : state.Address());
        }

        async Task<Results<RedirectHttpResult, RazorComponentResult<CounterPage>, ProblemHttpResult>> DoAsync(CounterAct act)
        {
            var result = await acts.DoAsync(act, state, key, ct);
            RecentActs.Keep(request.HttpContext, result.Done);
            return result.Refusal is null ? TypedResults.LocalRedirect(result.State.Address("true")) : await RefusedAsync(result);
        }

        async Task<Results<RedirectHttpResult, RazorComponentResult<CounterPage>, ProblemHttpResult>> RefusedAsync(CounterResult result)
        {
            var refusal = result.Refusal!;
            if (refusal.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden) return Refusals.Of(refusal.Status);
            state = result.State;
            var isAway = refusal.Status == StatusCodes.Status503ServiceUnavailable;
            return await TroubleAsync(
                m => m with { Typed = isAway ? typed : "", IsAway = isAway, Key = ActKey.After(refusal.Status, key), Refusal = isAway ? null : refusal.Problem, IsPartlyDone = result.Done.Count > 0 },
                refusal.Status);
        }

        async Task<RazorComponentResult<CounterPage>> TroubleAsync(Func<CounterModel, CounterModel> with, int status) =>
            Page(with(await cards.OfAsync(state, RecentActs.Of(request), ct)), status);
    }

    private static RazorComponentResult<CounterPage> Page(CounterModel model, int status) => new(new { Model = model }) { StatusCode = status };
}
