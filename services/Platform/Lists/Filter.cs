using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Platform.Lists;

/// <summary>One way to narrow a list: the parameters it takes and the conditions that their values become.</summary>
/// <param name="Parameters">Named after the field.</param>
/// <param name="Fields">The fields it compares; each needs an index, which is checked at start.</param>
/// <param name="ReadAsync">The conditions for the values given; they are good as the parameters say.</param>
public sealed record Filter<T>(IReadOnlyList<QueryParameter> Parameters, IReadOnlyList<Field<T>> Fields, ReadFilter<T> ReadAsync) where T : class;

/// <summary>The conditions for what a request gives.</summary>
/// <param name="given">The value of a parameter by its name; null: not given.</param>
/// <param name="http">The request, for what has to be looked up.</param>
/// <param name="ct">Ends with the request.</param>
public delegate ValueTask<IReadOnlyList<Condition<T>>> ReadFilter<T>(Func<string, string?> given, HttpContext http, CancellationToken ct) where T : class;

/// <summary>The usual filters.</summary>
public static class Filter
{
    private static readonly string LatestDay = Key.Of(DateOnly.MaxValue.AddDays(-1));

    /// <summary>One or more words of an enum, separated by commas, in any case.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="field">Holds the word.</param>
    /// <param name="words">The words there are.</param>
    /// <param name="description">One sentence for OpenAPI.</param>
    /// <param name="key">How the field spells a word; as given when left out.</param>
    public static Filter<T> Word<T>(string name, Field<T> field, IReadOnlyList<string> words, string? description = null, Func<string, string>? key = null) where T : class
    {
        var parameter = new QueryParameter(name, ValueKind.Word, description ?? $"Only those whose {name} is one of these, separated by commas.") { Words = words, Several = true };
        return One(parameter, field, text => OneOf(field, [.. parameter.ValuesOf(text).Select(v => key?.Invoke(v) ?? v)]));
    }

    /// <summary>One or more ids, separated by commas.</summary>
    public static Filter<T> Id<T>(string name, Field<T> field, string? description = null) where T : class
    {
        var parameter = new QueryParameter(name, ValueKind.Id, description ?? $"Only those with one of these {name}, separated by commas.") { Several = true };
        return One(parameter, field, text => OneOf(field, IdsIn(parameter, text)));
    }

    /// <summary>One or more ids that stand for more of their kind: a unit for all below it. Throw <see cref="BadRequestException"/> for an id that is unknown.</summary>
    public static Filter<T> Id<T>(
        string name, Field<T> field, Func<IReadOnlyList<Guid>, HttpContext, CancellationToken, ValueTask<IReadOnlyCollection<Guid>>> expand, string? description = null)
        where T : class
    {
        var parameter = new QueryParameter(name, ValueKind.Id, description ?? $"Only those of one of these {name} and all below them, separated by commas.") { Several = true };
        return new Filter<T>([parameter], [field], async (given, http, ct) =>
            given(name) is { } text ? [OneOf(field, [.. (await expand([.. parameter.ValuesOf(text).Select(Guid.Parse)], http, ct)).Select(Key.Of)])] : []);
    }

    /// <summary>The one text, without regard to case and to space around it (a tag, a user name).</summary>
    public static Filter<T> Text<T>(string name, Field<T> field, string? description = null, Func<string, string>? key = null) where T : class => One(
        new QueryParameter(name, ValueKind.Text, description ?? $"Only those with this {name}, without regard to case."), field, text => field.Is((key ?? Key.Folded)(text)));

    /// <summary>true or false; the field holds one of these words.</summary>
    public static Filter<T> Flag<T>(string name, Field<T> field, string? description = null) where T : class => One(
        new QueryParameter(name, ValueKind.Flag, description ?? $"Only those whose {name} is this."), field, text => field.Is(bool.Parse(text) ? "true" : "false"));

    /// <summary>A range of days, both ends included: <c>{name}From</c> and <c>{name}To</c>, each for itself. The field holds days (<see cref="Key.Of(DateOnly)"/>).</summary>
    /// <param name="name">The field.</param>
    /// <param name="field">What is compared. Where there is no such day it holds nothing, or <see cref="DateOnly.MaxValue"/> to come last; neither lies in any range.</param>
    public static Filter<T> Days<T>(string name, Field<T> field) where T : class => Range(
        name, field, ValueKind.Day, $"{name}From", $"{name}To", (text, _) => text, (text, _) => text, LatestDay);

    /// <summary>
    /// A range of instants, both ends included: <c>{name}From</c> and <c>{name}To</c>, each a day (all of it, as Fleet's calendar has it) or an instant.
    /// The field holds instants (<see cref="Key.Of(DateTimeOffset)"/>).
    /// </summary>
    /// <param name="name">The field.</param>
    /// <param name="field">What is compared.</param>
    /// <param name="from">What the lower end is called when not <c>{name}From</c>.</param>
    /// <param name="to">What the upper end is called when not <c>{name}To</c>.</param>
    public static Filter<T> Instants<T>(string name, Field<T> field, string? from = null, string? to = null) where T : class => Range(
        name, field, ValueKind.DayOrInstant, from ?? $"{name}From", to ?? $"{name}To",
        (text, calendar) => Key.Of(Moments.ReadDay(text) is { } day ? calendar.StartOf(day) : Moments.ReadInstant(text)!.Value),
        (text, calendar) => Key.Of(Moments.ReadDay(text) is { } day ? calendar.EndOf(day) : Moments.ReadInstant(text)!.Value));

    /// <summary>Any other: one parameter, whose value becomes conditions on these fields.</summary>
    public static Filter<T> Of<T>(
        QueryParameter parameter, IReadOnlyList<Field<T>> fields, Func<string, HttpContext, CancellationToken, ValueTask<IReadOnlyList<Condition<T>>>> conditions)
        where T : class => new([parameter], fields, async (given, http, ct) => given(parameter.Name) is { } text ? await conditions(text, http, ct) : []);

    private static Filter<T> One<T>(QueryParameter parameter, Field<T> field, Func<string, Condition<T>> condition) where T : class =>
        new([parameter], [field], (given, _, _) => ValueTask.FromResult<IReadOnlyList<Condition<T>>>(given(parameter.Name) is { } text ? [condition(text)] : []));

    private static Filter<T> Range<T>(
        string name, Field<T> field, ValueKind kind, string from, string to, Func<string, FleetCalendar, string> lower, Func<string, FleetCalendar, string> upper,
        string? latest = null) where T : class => new(
        [
            new QueryParameter(from, kind, $"Only those whose {name} is this or later."),
            new QueryParameter(to, kind, $"Only those whose {name} is this or earlier."),
        ],
        [field],
        (given, http, _) =>
        {
            var calendar = http.RequestServices.GetRequiredService<FleetCalendar>();
            List<Condition<T>> conditions = [];
            if (given(from) is { } first) conditions.Add(field.AtLeast(lower(first, calendar)));
            if (given(to) is { } last) conditions.Add(field.AtMost(upper(last, calendar)));
            else if (latest is not null && conditions.Count > 0) conditions.Add(field.AtMost(latest));
            return ValueTask.FromResult<IReadOnlyList<Condition<T>>>(conditions);
        });

    private static IReadOnlyList<string> IdsIn(QueryParameter parameter, string text) => [.. parameter.ValuesOf(text).Select(v => Key.Of(Guid.Parse(v)))];

    private static Condition<T> OneOf<T>(Field<T> field, IReadOnlyList<string> values) where T : class => values is [var one] ? field.Is(one) : field.IsOneOf(values);
}
