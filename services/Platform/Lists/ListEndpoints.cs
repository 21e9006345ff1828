using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Platform.Lists;

/// <summary>Maps declared lists.</summary>
public static class ListEndpoints
{
    /// <summary>GET that answers the list, as JSON or, with <c>Accept: text/csv</c>, as a table of all its lines.</summary>
    /// <param name="routes">The service's group.</param>
    /// <param name="pattern">The list's path; its last part names the table's file.</param>
    /// <param name="list">The declaration; the start fails when no index serves it.</param>
    /// <param name="view">Shows a whole page, so that what belongs to its lines (names) is read once for all of them.</param>
    public static RouteHandlerBuilder MapList<TState, TView>(
        this IEndpointRouteBuilder routes,
        string pattern,
        ListOf<TState, TView> list,
        Func<IReadOnlyList<Document<TState>>, HttpContext, CancellationToken, Task<IReadOnlyList<TView>>> view)
        where TState : class where TView : class
    {
        list.Require();
        var file = pattern.Split('/')[^1];
        var builder = routes.MapGet(pattern, (HttpContext http, IDocumentStore store, CancellationToken ct) => AnswerAsync(list, view, file, http, store, ct))
            .WithMetadata(new KnownParameters(list.Parameters)).ProducesValidationProblem();
        return list.Columns.Count == 0
            ? builder.Produces<ListView<TView>>()
            : builder.Produces<ListView<TView>>(StatusCodes.Status200OK, "application/json", Csv.MediaType);
    }

    /// <summary>As above, for lines that show a document by itself.</summary>
    public static RouteHandlerBuilder MapList<TState, TView>(
        this IEndpointRouteBuilder routes, string pattern, ListOf<TState, TView> list, Func<Document<TState>, TView> view) where TState : class where TView : class =>
        routes.MapList(pattern, list, (page, _, _) => Task.FromResult<IReadOnlyList<TView>>([.. page.Select(view)]));

    private static async Task<IResult> AnswerAsync<TState, TView>(
        ListOf<TState, TView> list,
        Func<IReadOnlyList<Document<TState>>, HttpContext, CancellationToken, Task<IReadOnlyList<TView>>> view,
        string file, HttpContext http, IDocumentStore store, CancellationToken ct)
        where TState : class where TView : class
    {
        var asked = await list.ReadAsync(http, ct);
        if (list.Columns.Count > 0 && Csv.IsWanted(http)) return new CsvAnswer<TView>(file, list.Columns, Pages());

        var page = await asked.AnswerAsync(store, ct);
        return TypedResults.Ok(new ListView<TView>(await view(page.Items, http, ct), asked.Next(page)));

        async IAsyncEnumerable<IReadOnlyList<TView>> Pages()
        {
            var rest = asked with { Query = asked.Query with { Limit = Query<TState>.MaxLimit } };
            do
            {
                var part = await rest.AnswerAsync(store, ct);
                yield return await view(part.Items, http, ct);
                rest = rest with { Query = rest.Query with { After = part.Next } };
            }
            while (rest.Query.After is not null);
        }
    }
}
