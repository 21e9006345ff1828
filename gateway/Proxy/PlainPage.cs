using Fleet.Gateway.Security;

namespace Fleet.Gateway.Proxy;

/// <summary>
/// Tells a person in a browser what a program reads as a problem: that the pages are away, or that they asked too often.
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
        await BilingualPage.WriteAsync(
            response, german.Title, $"<h1>{german.Title}</h1><p>{german.Text}</p>", $"<h2>{english.Title}</h2><p>{english.Text}</p>", context.HttpContext.RequestAborted);
    }
}
