using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>The distribution's browser, without a window and without anything it would ask of others.</summary>
internal static class Chromium
{
    public static Task<IBrowser> StartAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
}
