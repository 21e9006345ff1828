using System.Net;

namespace Fleet.Tests.EndToEnd;

/// <summary>The accessibility statement, the imprint and the privacy notice, without and with the administration's texts.</summary>
public sealed class NoticePagesTests(SharedInstallation shared)
{
    [Theory]
    [InlineData("/accessibility", "de", "Barrierefreiheit", "Fleet__Portal__AccessibilityContact"), InlineData("/accessibility", "en", "EN 301 549", "Fleet__Portal__AccessibilityEnforcement")]
    [InlineData("/imprint", "de", "Impressum", "Fleet__Portal__Imprint"), InlineData("/imprint", "en", "Imprint", "Fleet__Portal__Imprint")]
    [InlineData("/privacy", "de", "Datenschutz", "Fleet__Portal__PrivacyNotice"), InlineData("/privacy", "en", "Privacy", "Fleet__Portal__PrivacyNotice")]
    public async Task Everybody_reads_the_notices_and_what_is_not_configured_is_named(string path, string language, string text, string missing)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Language", language } } };

        var answer = await shared.Fleet.Anonymous().SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain(text);
        page.ShouldContain(missing);
    }

    [Theory, InlineData("/sign-in"), InlineData("/nowhere"), InlineData("/devices"), InlineData("/coverage/print")]
    public async Task Every_page_links_to_them(string path)
    {
        var staff = await shared.Fleet.AsAsync("it");

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };

        var page = await (await staff.SendAsync(request)).Content.ReadAsStringAsync();

        foreach (var notice in (string[])["/accessibility", "/imprint", "/privacy"]) page.ShouldContain($"href=\"{notice}\"");
    }
}
