using System.Net;

namespace Fleet.Tests.Integration.Portal;

/// <summary>Forms that are sent while the service behind them is away.</summary>
public sealed class ActsWithoutServicesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Guid Device = Guid.CreateVersion7();
    private static readonly Guid Person = Guid.CreateVersion7();

    public static TheoryData<string, string, string> Forms => new()
    {
        { "/devices/register", "manufacturer", "Lenovo & Sons" },
        { $"/devices/{Device}/status", "note", "Hinge & lid" },
        { $"/devices/{Device}/take-back", "condition", "Lid & hinge" },
        { $"/devices/{Device}/hand-over", "search", "Müller & Söhne" },
        { "/counter", "input", "Müller & Söhne" },
        { $"/handovers/{Device}/correct", "reason", "Müller & Söhne" },
        { "/units/add", "name", "Müller & Söhne" },
        { $"/units/{Device}/change", "name", "Müller & Söhne" },
        { "/devices/register-many", "manufacturer", "Müller & Söhne" },
        { "/people/new", "familyName", "Müller & Söhne" },
        { $"/people/{Person}/change", "familyName", "Müller & Söhne" },
        { $"/people/{Person}/move", "name", "Müller & Söhne" },
        { $"/people/{Person}/leave", "name", "Müller & Söhne" },
        { $"/people/{Person}/return", "name", "Müller & Söhne" },
    };

    [Theory, MemberData(nameof(Forms))]
    public async Task What_was_typed_is_still_there_and_sent_again_it_is_the_same_act(string address, string field, string typed)
    {
        using var it = portal.As("it", "it", "hr");
        it.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        it.DefaultRequestHeaders.Add("Accept-Language", "en");
        var key = Guid.CreateVersion7().ToString();

        var answer = await it.PostAsync(address, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["key"] = key,
            ["version"] = "\"1\"",
            ["assetTag"] = "LR-1",
            ["to"] = "inRepair",
            ["personId"] = $"{Person}",
            ["lines"] = "LR-1 S-1",
            ["wasPerson"] = $"{Device}",
            ["from"] = "2026-01-01",
            ["startDate"] = "2026-01-01",
            ["lastDay"] = "2026-01-01",
            [field] = typed,
        }));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain("What you typed is still here");
        page.ShouldContain(typed);
        page.ShouldContain($"value=\"{key}\"");
        if (address.StartsWith("/devices", StringComparison.Ordinal) && !address.EndsWith("many", StringComparison.Ordinal)) page.ShouldContain("value=\"LR-1\"");
        if (field == "search") page.ShouldContain($"value=\"{Person}\"");
    }
}
