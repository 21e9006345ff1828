using System.ComponentModel;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Fleet.Platform.Http;

/// <summary>A list's answer: one page and the cursor of the next.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">Pass it as <c>cursor</c> to read on; null: this is the last page.</param>
public sealed record ListView<T>(
    IReadOnlyList<T> Items,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next)
{
    public static ListView<T> Of<TState>(Page<TState> page, Func<Document<TState>, T> view) where TState : class =>
        new([.. page.Items.Select(view)], page.Next?.ToString());
}

/// <summary>The paging part of a list's query: use as an <c>[AsParameters]</c> parameter.</summary>
/// <param name="Limit">1 to 1000; default 50.</param>
/// <param name="Cursor">The <c>next</c> of the page before.</param>
public sealed record Paging(
    [property: Description("How many, 1 to 1000; default 50.")][FromQuery(Name = "limit")] int? Limit,
    [property: Description("The `next` of the page before.")][FromQuery(Name = "cursor")] string? Cursor)
{
    /// <summary>The query restricted to the asked page. Throws <see cref="BadRequestException"/> when limit or cursor are wrong.</summary>
    public Query<T> Of<T>(Query<T> query) where T : class
    {
        Cursor? after = null;
        if (Limit is < 1 or > Query<T>.MaxLimit) throw new BadRequestException("limit", $"Must be 1 to {Query<T>.MaxLimit}.");
        if (Cursor is not null && !Store.Cursor.TryParse(Cursor, out after)) throw new BadRequestException("cursor", "Must be the next of a page before.");
        return query with { Limit = Limit ?? query.Limit, After = after };
    }
}

/// <summary>A parameter of the request is wrong; becomes a 400 problem that names it.</summary>
public sealed class BadRequestException(string field, string error) : BadHttpRequestException(error)
{
    public string Field { get; } = field;
}
