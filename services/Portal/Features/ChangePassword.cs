using Fleet.Portal.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features;

/// <summary>Shows the form for a new password. The gateway takes what is typed; passwords never come here.</summary>
internal static class ChangePassword
{
    public static void MapChangePassword(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/password", Handle).WithName(nameof(ChangePassword)).AllowAnonymous();

    private static RazorComponentResult<PasswordPage> Handle(string? error) =>
        new(new { Error = error is "mismatch" or "weak" or "credentials" ? error : null });
}
