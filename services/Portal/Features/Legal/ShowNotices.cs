using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Fleet.Portal.Features.Legal;

/// <summary>Shows what the law wants said on every page, to everybody: the accessibility statement, the imprint, the privacy notice. The texts are the administration's.</summary>
internal static class ShowNotices
{
    public static void MapShowNotices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accessibility", (IOptions<PortalTexts> texts) => ShowAccessibility(texts.Value)).WithName("ShowAccessibility").AllowAnonymous();
        routes.MapGet("/imprint", (IOptions<PortalTexts> texts) => Show("Imprint", texts.Value.Imprint)).WithName("ShowImprint").AllowAnonymous();
        routes.MapGet("/privacy", (IOptions<PortalTexts> texts) => Show("PrivacyNotice", texts.Value.PrivacyNotice)).WithName("ShowPrivacy").AllowAnonymous();
    }

    private static RazorComponentResult<AccessibilityPage> ShowAccessibility(PortalTexts texts) => new(new { Contact = texts.AccessibilityContact, Enforcement = texts.AccessibilityEnforcement });

    private static RazorComponentResult<NoticePage> Show(string name, string? text) => new(new { Name = name, Text = text });
}
