using Fleet.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Web;

/// <summary>What the portal answers when a service gave it nothing to show.</summary>
internal static class Refusals
{
    /// <summary>The refusal's code when it says that the second factor is to be given again: <see cref="ProblemPages"/> leads to the question for it, and back.</summary>
    public const string FactorNeeded = "second-factor-needed";

    /// <param name="status">The service's.</param>
    /// <param name="problem">Its refusal, where its code matters.</param>
    public static ProblemHttpResult Of(int status, Problem? problem = null) => status switch
    {
        StatusCodes.Status403Forbidden when problem?.Code == FactorNeeded => Problems.Forbidden(FactorNeeded, "Give your second factor again."),
        StatusCodes.Status401Unauthorized => Problems.Of(status, "token-invalid", "Sign in again."),
        StatusCodes.Status403Forbidden => Problems.Forbidden("role-missing", "This part of the organisation is not shown to you."),
        StatusCodes.Status404NotFound => Problems.NotFound("page"),
        StatusCodes.Status400BadRequest => Problems.Of(status, "bad-request", "The address of this page is not right."),
        _ => Problems.Of(StatusCodes.Status503ServiceUnavailable, "service-unavailable", "The figures cannot be read right now."),
    };
}
