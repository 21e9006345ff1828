using System.Text;
using Fleet.Gateway.Security;

namespace Fleet.Gateway.Proxy;

/// <summary>
/// Tells a person in a browser what a program reads as a problem: that the pages are away, or that they asked too often. In both languages, because the
/// portal, which knows theirs, may be what is away.
/// </summary>
internal sealed class PlainPage : IProblemDetailsWriter
{
    private static readonly (string Title, string Text) AwayGerman = ("Fleet ist gerade nicht erreichbar", "Es geht nichts verloren. Versuchen Sie es in einem Augenblick erneut.");
    private static readonly (string Title, string Text) AwayEnglish = ("Fleet cannot be reached right now", "Nothing is lost. Try again in a moment.");
    private static readonly (string Title, string Text) OftenGerman = ("Zu viele Anfragen", "Warten Sie einen Augenblick und versuchen Sie es erneut.");
    private static readonly (string Title, string Text) OftenEnglish = ("Too many requests", "Wait a moment and try again.");
    private static readonly (string Title, string Text) RefusedGerman = ("Das ließ sich nicht ausführen", "Gehen Sie zurück und versuchen Sie es erneut.");
    private static readonly (string Title, string Text) RefusedEnglish = ("This could not be done", "Go back and try again.");

    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html")
            && (request.HasFormContentType || context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<Callers.Page>() is not null);
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        var (german, english) = (context.ProblemDetails.Status ?? response.StatusCode) switch
        {
            StatusCodes.Status429TooManyRequests => (OftenGerman, OftenEnglish),
            >= 500 => (AwayGerman, AwayEnglish),
            _ => (RefusedGerman, RefusedEnglish),
        };
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="de">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{german.Title} · Fleet</title>
              <link rel="stylesheet" href="/css/fleet.css">
            </head>
            <body>
              <main class="narrow">
                <div class="card"><h1>{german.Title}</h1><p>{german.Text}</p></div>
                <div class="card" lang="en"><h2>{english.Title}</h2><p>{english.Text}</p></div>
              </main>
            </body>
            </html>
            """,
            Encoding.UTF8,
            context.HttpContext.RequestAborted);
    }
}
