using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fleet.Tests.EndToEnd;

/// <summary>The requests in <c>deploy/fleet.http</c>, sent one after another as an editor would.</summary>
public sealed partial class HttpFileTests(DemoInstallation demo) : IClassFixture<DemoInstallation>
{
    [Fact]
    public async Task The_day_of_a_clerk_runs_from_top_to_bottom()
    {
        var file = await File.ReadAllTextAsync(Path.Combine(Installation.Root, "deploy/fleet.http"));
        var answers = new Dictionary<string, JsonNode?>();
        var requests = file.Split("\n###").Skip(1).ToList();
        requests.Count.ShouldBeGreaterThan(15);
        foreach (var request in requests)
        {
            var name = Name().Match(request) is { Success: true } named ? named.Groups[1].Value : null;
            var title = request.Split('\n')[0].Trim();
            // A reader of the file takes longer to press the next button than news takes to arrive; a GET is looked at again.
            var answer = await Eventually.ReadAsync(() => SendAsync(request, answers), a => IsComplete(name, a, file), TimeSpan.FromSeconds(10));
            answer.Status.ShouldBeInRange(200, 299, $"{title}: {answer.Body}");
            if (name is not null) answers[name] = JsonNode.Parse(answer.Body);
        }
    }

    /// <summary>A list whose first item a later request refers to has one.</summary>
    private static bool IsComplete(string? name, Answer answer, string file) =>
        !answer.IsRead || (answer.Status is >= 200 and < 300
            && (name is null || !file.Contains($"{{{{{name}.response.body.$.items[0]", StringComparison.Ordinal) || JsonNode.Parse(answer.Body)!["items"]!.AsArray().Count > 0));

    private async Task<Answer> SendAsync(string text, Dictionary<string, JsonNode?> answers)
    {
        var lines = text.Split('\n').Skip(1).Where(l => !l.StartsWith("# ", StringComparison.Ordinal)).SkipWhile(l => l.Trim().Length == 0).ToList();
        var (method, target) = (lines[0].Split(' ')[0], Filled(lines[0].Split(' ', 2)[1], answers));
        var headers = lines.Skip(1).TakeWhile(l => l.Trim().Length > 0).Select(l => Filled(l, answers).Split(": ", 2)).ToList();
        var body = Filled(string.Join('\n', lines.Skip(2 + headers.Count)).Trim(), answers);
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(headers.Single(h => h[0] == "Content-Type")[1]));
        foreach (var header in headers.Where(h => h[0] != "Content-Type")) request.Headers.TryAddWithoutValidation(header[0], header[1]).ShouldBeTrue(header[0]);
        var answer = await demo.Fleet.Anonymous().SendAsync(request);
        return new Answer(method == "GET", (int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private string Filled(string text, Dictionary<string, JsonNode?> answers) => Variable().Replace(text, match => match.Groups[1].Value switch
    {
        "host" => demo.Fleet.Address.ToString().TrimEnd('/'),
        "$guid" => Guid.NewGuid().ToString(),
        var path => ValueAt(path, answers),
    });

    /// <summary>name.response.body.$.items[0].id</summary>
    private static string ValueAt(string path, Dictionary<string, JsonNode?> answers)
    {
        var parts = path.Split(".response.body.$.");
        var node = answers[parts[0]];
        foreach (var step in parts[1].Split('.', '[').Select(s => s.TrimEnd(']')))
            node = int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? node![index] : node![step];
        return (string)node!;
    }

    [GeneratedRegex("^# @name (\\w+)", RegexOptions.Multiline)]
    private static partial Regex Name();

    [GeneratedRegex("{{([^}]+)}}")]
    private static partial Regex Variable();

    private sealed record Answer(bool IsRead, int Status, string Body);
}
