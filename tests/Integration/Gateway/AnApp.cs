using System.Net;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http;
using OtpNet;

namespace Fleet.Tests.Integration.Gateway;

/// <summary>A person's authenticator app, with the secret that a page showed them, and the recovery codes they kept.</summary>
public sealed class AnApp(string secret, ShiftedTime time)
{
    private readonly Totp _codes = new(Base32Encoding.ToBytes(secret));

    public string Secret => secret;

    public IReadOnlyList<string> RecoveryCodes { get; set; } = [];

    /// <summary>The code it shows now, or so many steps from now.</summary>
    public string Code(int steps = 0) => _codes.ComputeTotp(time.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    /// <summary>Sets a second factor up for whoever is signed in.</summary>
    public static async Task<AnApp> SetUpAsync(HttpClient browser, ShiftedTime time)
    {
        var app = new AnApp((await FactsAsync(browser)).Secret!, time);
        (await browser.PostFormAsync("/auth/second-factor", ("code", app.Code()))).ShouldLeadTo("/account/second-factor");
        // That code is used up; the next one is there.
        time.Advance(TimeSpan.FromSeconds(30));
        app.RecoveryCodes = (await FactsAsync(browser)).Codes;
        return app;
    }

    /// <summary>What the gateway tells the page of the second factor.</summary>
    public static async Task<SecondFactorFacts> FactsAsync(HttpClient browser, string page = "/account/second-factor")
    {
        var seen = await (await browser.GetAsync(page)).JsonAsync(HttpStatusCode.OK);
        var request = new DefaultHttpContext().Request;
        request.Headers[SecondFactorFacts.Header] = seen["headers"]![SecondFactorFacts.Header.ToLowerInvariant()]!.GetValue<string>();
        return SecondFactorFacts.Of(request)!;
    }
}
