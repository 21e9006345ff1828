using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Web;

/// <summary>Passes a service's table on as it arrives.</summary>
internal static class CsvDownload
{
    /// <param name="http">The reader's request.</param>
    /// <param name="table">The service's answer, disposed of here; null: it is away.</param>
    /// <param name="ct">Ends the transfer.</param>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> SendAsync(HttpContext http, HttpResponseMessage? table, CancellationToken ct)
    {
        using var answer = table;
        if (answer is not { IsSuccessStatusCode: true }) return Refusals.Of((int?)answer?.StatusCode ?? StatusCodes.Status503ServiceUnavailable);
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        http.Response.Headers.ContentDisposition = answer.Content.Headers.ContentDisposition?.ToString();
        await answer.Content.CopyToAsync(http.Response.Body, ct);
        return TypedResults.Empty;
    }
}
