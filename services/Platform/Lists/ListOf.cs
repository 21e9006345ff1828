using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http;

namespace Fleet.Platform.Lists;

/// <summary>
/// A list, declared once: by what it is narrowed, searched and sorted, and its columns. From it come the reading of a request, the check at start that
/// an index serves each filter and each order, OpenAPI, and CSV. Mapped with <see cref="ListEndpoints"/>.
/// </summary>
/// <param name="type">The documents it lists.</param>
public sealed class ListOf<TState, TView>(DocumentType<TState> type) where TState : class where TView : class
{
    /// <summary>The order in which documents were created, oldest first.</summary>
    public const string Created = "created";

    private const int DefaultLimit = 50;
    private const int MaxSearchWords = 10;

    /// <summary>The documents it lists.</summary>
    public DocumentType<TState> Type { get; } = type;

    /// <summary>By what it may be narrowed; all that are given must hold.</summary>
    public IReadOnlyList<Filter<TState>> Filters { get; init; } = [];

    /// <summary>The field of words that <c>search=</c> looks through; null: the list takes no <c>search</c>.</summary>
    public Field<TState>? Search { get; init; }

    /// <summary>What <c>search=</c> finds, for OpenAPI: "asset tag, serial number, model".</summary>
    public string? SearchedIn { get; init; }

    /// <summary>By what it may be sorted; by creation always.</summary>
    public IReadOnlyList<Sort<TState>> Sorts { get; init; } = [];

    /// <summary>The order when the request names none: the name of a sort, with <c>-</c> before it for the reverse.</summary>
    public string DefaultSort { get; init; } = Created;

    /// <summary>The columns of the list as CSV; without any it is JSON only.</summary>
    public IReadOnlyList<Column<TView>> Columns { get; init; } = [];

    /// <summary>Conditions that hold for every request (only finished hand-overs) or for this caller (only what is theirs).</summary>
    public Func<HttpContext, CancellationToken, ValueTask<IReadOnlyList<Condition<TState>>>>? Always { get; init; }

    /// <summary>All parameters it takes.</summary>
    public IReadOnlyList<QueryParameter> Parameters =>
    [
        .. Filters.SelectMany(f => f.Parameters),
        .. Search is null ? (IReadOnlyList<QueryParameter>)[] : [new QueryParameter("search", ValueKind.Free, SearchDescription)],
        new QueryParameter("sort", ValueKind.Word, $"The order; a minus before it reverses it. Default: {DefaultSort}.") { Words = [.. SortNames.SelectMany(n => new[] { n, $"-{n}" })] },
        new QueryParameter("limit", ValueKind.Number, $"How many, 1 to {Query<TState>.MaxLimit}; default {DefaultLimit}.") { Bounds = (1, Query<TState>.MaxLimit) },
        new QueryParameter("cursor", ValueKind.Text, "The `next` of the page before; the other parameters must be the same as there."),
    ];

    private IEnumerable<string> SortNames => [Created, .. Sorts.Select(s => s.Name)];

    private string SearchDescription =>
        $"Only those in which every word given begins some word{(SearchedIn is null ? "" : $" of {SearchedIn}")}. Neither case nor accents matter: \"mull\" finds Müller.";

    /// <summary>Throws when the declaration cannot work: no index for a filter or an order, a parameter declared twice, a default that is no order.</summary>
    internal void Require()
    {
        foreach (var field in Filters.SelectMany(f => f.Fields).Concat(Search is null ? [] : [Search])) Type.RequireIndexFor(new Query<TState> { Where = [field.Is("")] });
        foreach (var sort in Sorts) Type.RequireIndexFor(new Query<TState> { OrderBy = sort.Field });
        if (Parameters.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"The list of {Type.Name} declares the parameter {twice.Key} twice.");
        if (!SortNames.Contains(DefaultSort.TrimStart('-'))) throw new InvalidOperationException($"The list of {Type.Name} has no order {DefaultSort}.");
    }

    /// <summary>The query that a request asks for. Its parameters are good, each for itself.</summary>
    internal async Task<ListQuery<TState>> ReadAsync(HttpContext http, CancellationToken ct)
    {
        string? Given(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

        List<Condition<TState>> where = [];
        if (Always is not null) where.AddRange(await Always(http, ct));
        foreach (var filter in Filters) where.AddRange(await filter.ReadAsync(Given, http, ct));
        if (Search is not null && Given("search") is { } search)
        {
            var words = Key.Prefixes(search);
            if (words.Count > MaxSearchWords) throw new BadRequestException("search", $"Must be at most {MaxSearchWords} words.");
            where.AddRange(words.Select(w => Search.StartsWith(w)));
        }

        var order = Parameters.Single(p => p.Name == "sort").ValuesOf(Given("sort") ?? DefaultSort)[0];
        Cursor? after = null;
        if (Given("cursor") is { } cursor && !TryReadCursor(cursor, order, out after)) throw new BadRequestException("cursor", "Must be the next of a page before, with the same sort.");
        return new ListQuery<TState>(order, new Query<TState>
        {
            Where = where,
            OrderBy = Sorts.FirstOrDefault(s => s.Name == order.TrimStart('-'))?.Field,
            Descending = order.StartsWith('-'),
            Limit = Given("limit") is { } limit ? int.Parse(limit, System.Globalization.CultureInfo.InvariantCulture) : DefaultLimit,
            After = after,
        });
    }

    // In another order the place where the page before ended means nothing.
    private static bool TryReadCursor(string text, string order, out Cursor? cursor)
    {
        cursor = null;
        return text.StartsWith($"{order}~", StringComparison.Ordinal) && Cursor.TryParse(text[(order.Length + 1)..], out cursor);
    }
}

/// <summary>What a request asks of a list.</summary>
/// <param name="Order">The sort's name, with a minus for the reverse.</param>
/// <param name="Query">For the store.</param>
internal sealed record ListQuery<T>(string Order, Query<T> Query) where T : class
{
    /// <summary>The page; nothing where a condition leaves nothing to be found.</summary>
    public async Task<Page<T>> AnswerAsync(IDocumentStore store, CancellationToken ct) =>
        Query.Where.Any(c => c is { Comparison: Comparison.OneOf, Values.Count: 0 }) ? new Page<T>([], null) : await store.QueryAsync(Query, ct);

    /// <summary>The cursor as clients get it.</summary>
    public string? Next(Page<T> page) => page.Next is { } next ? $"{Order}~{next}" : null;
}
