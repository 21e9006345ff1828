using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Fleet.Tests.EndToEnd;

/// <summary>The pages that show the API, and how answers travel through the gateway.</summary>
public sealed partial class ApiPageTests(SharedInstallation shared)
{
    [Fact]
    public async Task The_pages_of_the_api_are_for_who_is_signed_in_and_load_nothing_from_elsewhere()
    {
        var anonymous = shared.Fleet.Anonymous();
        anonymous.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var asked = await anonymous.GetAsync("/openapi");
        asked.StatusCode.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.Unauthorized);

        var client = await shared.Fleet.AsAsync("it");
        using var answer = await client.GetAsync("/openapi/");
        var html = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        var nonces = Nonce().Matches(html).Select(m => m.Groups["value"].Value).Distinct().ToList();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain($"'nonce-{nonces.ShouldHaveSingleItem()}'");
        foreach (var service in (string[])["inventory", "assignment", "provisioning", "audit", "gateway"]) html.ShouldContain($"openapi/{service}.json");

        var loaded = Source().Matches(html).Select(m => m.Groups["value"].Value).ToList();
        loaded.ShouldNotBeEmpty();
        foreach (var source in loaded)
        {
            source.ShouldNotContain("//");
            using var script = await client.GetAsync(new Uri(new Uri(shared.Fleet.Address, "/openapi/"), source));
            script.StatusCode.ShouldBe(HttpStatusCode.OK, source);
            script.Content.Headers.ContentType!.MediaType!.ShouldEndWith("javascript", Case.Sensitive, source);
        }
    }

    [Fact]
    public async Task The_pages_of_the_api_are_drawn_under_their_own_policy_and_ask_nobody_else()
    {
        var client = await shared.Fleet.AsAsync("it");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = client.DefaultRequestHeaders.Authorization!.ToString() },
        });
        var page = await context.NewPageAsync();
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") complaints.Enqueue(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && new Uri(request.Url).Authority != shared.Fleet.Address.Authority) complaints.Enqueue(request.Url);
        };
        await page.GotoAsync("/openapi/?api=inventory");
        await page.GetByText("Lists devices").First.WaitForAsync();
        complaints.ShouldBeEmpty();
        (await page.GetAttributeAsync("html", "lang")).ShouldBe("en");
    }

    [Fact]
    public async Task Without_script_the_pages_of_the_api_lead_to_the_documents()
    {
        var client = await shared.Fleet.AsAsync("it");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = shared.Fleet.Address.ToString(),
            JavaScriptEnabled = false,
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = client.DefaultRequestHeaders.Authorization!.ToString() },
        });
        var page = await context.NewPageAsync();

        await page.GotoAsync("/openapi/");
        await page.GetByRole(AriaRole.Link, new() { Name = "assignment" }).ClickAsync();

        page.Url.ShouldEndWith("/openapi/assignment.json");
    }

    [Fact]
    public async Task Answers_come_compressed_through_the_gateway_and_only_once()
    {
        var client = await shared.Fleet.AsAsync("it");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/inventory.json");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await client.SendAsync(request);
        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var body = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        JsonNode.Parse(await new StreamReader(body).ReadToEndAsync())!["openapi"].ShouldNotBeNull();
    }

    [GeneratedRegex("nonce=\"(?<value>[^\"]+)\"")]
    private static partial Regex Nonce();

    [GeneratedRegex("src=\"(?<value>[^\"]+)\"")]
    private static partial Regex Source();
}
