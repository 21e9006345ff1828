using Fleet.Portal.Domain;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;

namespace Fleet.Portal.Features;

/// <summary>Remembers the reader's language for a year and goes back to where they were.</summary>
internal static class ChooseCulture
{
    public static void MapChooseCulture(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/culture", Handle).WithName(nameof(ChooseCulture)).AllowAnonymous();

    private static RedirectHttpResult Handle(string? culture, string? returnUrl, HttpResponse response)
    {
        if (Words.Cultures.Contains(culture))
        {
            var value = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture!));
            response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, value,
                new() { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
        }
        return TypedResults.LocalRedirect(Links.Local(returnUrl));
    }
}
