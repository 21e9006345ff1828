using Fleet.Portal.Domain;

namespace Fleet.Portal.Parts;

/// <summary>What a reader chose of a list. The page's address says all of it, in the words of the service's own list.</summary>
/// <param name="Page">The list page's path.</param>
/// <param name="Search">Beginnings of words.</param>
/// <param name="Sort">A sort of the list, with a minus before it for the other direction; null: its own.</param>
/// <param name="Filters">What was filtered by, only what was chosen.</param>
/// <param name="Cursor">Null: the first page.</param>
public sealed record ListQuery(string Page, string? Search, string? Sort, IReadOnlyDictionary<string, string> Filters, string? Cursor)
{
    /// <summary>As many lines as one page shows.</summary>
    public const int Lines = 50;

    /// <summary>Reads an address; what the list does not know is left out.</summary>
    public static ListQuery Read(HttpRequest request, string page, IReadOnlyList<string> filters)
    {
        var chosen = filters.Select(f => (Name: f, Value: Text(f))).Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value!);
        return new ListQuery(page, Text("search"), Text("sort"), chosen, Text("cursor"));

        string? Text(string name) => request.Query[name] is [{ } text, ..] && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    /// <summary>Whether less than everything is shown.</summary>
    public bool IsNarrowed => Search is not null || Filters.Count > 0;

    /// <summary>What was chosen for this filter, or null.</summary>
    public string? this[string filter] => Filters.GetValueOrDefault(filter);

    /// <summary>The address of this page with another choice; it begins at the first page again.</summary>
    public string With(string filter, string? value) =>
        (this with { Filters = Filters.Where(f => f.Key != filter).Append(new(filter, value ?? "")).ToDictionary(), Cursor = null }).Address();

    public string WithSort(string sort) => (this with { Sort = sort, Cursor = null }).Address();

    public string WithSearch(string? search) => (this with { Search = search, Cursor = null }).Address();

    public string At(string? cursor) => (this with { Cursor = cursor }).Address();

    /// <summary>All lines of this choice as a table.</summary>
    public string Csv => Links.Of($"{Page}.csv", Chosen());

    /// <summary>The service's address for one page of this choice.</summary>
    public string Ask(string list) => Links.Of(list, [.. Chosen(), ("limit", $"{Lines}"), ("cursor", Cursor)]);

    /// <summary>The service's address for everything of this choice.</summary>
    public string AskAll(string list) => Links.Of(list, Chosen());

    public string Address() => Links.Of(Page, [.. Chosen(), ("cursor", Cursor)]);

    private IEnumerable<(string, string?)> Chosen() => [("search", Search), .. Filters.Select(f => (f.Key, (string?)f.Value)), ("sort", Sort)];
}
