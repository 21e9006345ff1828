using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Sessions;
using Fleet.Platform.Http;

namespace Fleet.Gateway.Security;

/// <summary>
/// For acts that make somebody mightier: who has a second factor must have given it in the last quarter of an hour, so that a session left open, or a stolen cookie,
/// is not enough. 403 <c>second-factor-needed</c>; a page's form is led to the question and back. Programs have no second factor.
/// </summary>
internal static class RecentFactor
{
    public static TBuilder RequireRecentFactor<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Needed());

    /// <summary>Stands behind the question for roles: who may not do it at all is told that, and not asked for a code.</summary>
    public static async Task Handle(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Needed>() is null || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || !Callers.HasStaleFactor(http.User))
        {
            await next(http);
        }
        else if (http.Request.HasFormContentType)
        {
            // Of somebody else, perhaps, who began to sign in here; the question is for who is signed in.
            http.RequestServices.GetRequiredService<FirstStep>().Forget(http);
            await new SeeOther(LocalUrl.PageFor(SignInWithCode.Page, await BackAsync(http))).ExecuteAsync(http);
        }
        else
        {
            await Problems.Forbidden("second-factor-needed", "Give your second factor again (/sign-in/code): this needs one that is not older than 15 minutes.").ExecuteAsync(http);
        }
    }

    // Where the form says that it goes afterwards, or the page it stands on.
    private static async Task<string?> BackAsync(HttpContext http)
    {
        if ((await Form.ReadAsync(http))?["returnUrl"].ToString() is { Length: > 0 } wanted) return wanted;
        return Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == http.Request.Host.Value ? page.PathAndQuery : null;
    }

    internal sealed record Needed;
}
