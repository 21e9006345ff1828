using Fleet.Portal.Domain;
using Fleet.Portal.Parts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Fleet.Portal.Web;

/// <summary>
/// Turns every problem the platform answers with (no token, no role, nothing there, a fault) into a page, when the client reads pages.
/// Whoever is not signed in is sent to do so and comes back afterwards.
/// </summary>
internal sealed class ProblemPages : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) =>
        context.HttpContext.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html");

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var status = context.ProblemDetails.Status ?? http.Response.StatusCode;
        if (status == StatusCodes.Status401Unauthorized && HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.Headers.Remove(HeaderNames.WWWAuthenticate);
            http.Response.Redirect(Links.SignIn(http.Request.Path + http.Request.QueryString));
            return;
        }
        if (status == StatusCodes.Status403Forbidden && context.ProblemDetails.Extensions.TryGetValue("code", out var code) && code as string == Refusals.FactorNeeded)
        {
            // The form's own page has the form's address.
            http.Response.Redirect(Links.Of("/sign-in/code", [("returnUrl", http.Request.Path + http.Request.QueryString)]));
            return;
        }
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "5";

        // A scope of its own: the one of the request may hold a renderer that has begun with another page.
        await using var scope = http.RequestServices.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        await new RazorComponentResult<ProblemPage>(new { Status = status }) { StatusCode = status }.ExecuteAsync(http);
    }
}
