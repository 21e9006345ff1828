using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Tests.Unit.Platform.Http;

/// <summary>What the pipeline in front of every endpoint promises.</summary>
public sealed class PipelineTests
{
    private static readonly Field<Tool> ToolName = new("name", t => Key.Folded(t.Name));
    private static readonly DocumentType<Tool> Tools = new("tools", DocumentIndex<Tool>.OneEach(ToolName));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("day=soon", "day", "Must be a day like 2026-05-08")]
    [InlineData("day=9999-12-31", "day", "Must be a day like 2026-05-08")]
    [InlineData("day=", "day", "Must be a day like 2026-05-08")]
    [InlineData("at=2026-05-08", "at", "Must be an instant like 2026-05-08T10:00:00Z")]
    [InlineData("at=2026-05-08T10:00:00", "at", "Must be an instant like 2026-05-08T10:00:00Z")]
    [InlineData("at=0001-01-01T00:00:00Z", "at", "Must be an instant like 2026-05-08T10:00:00Z")]
    [InlineData("id=7", "id", "Must be a UUID.")]
    [InlineData("limit=many", "limit", "Must be a whole number.")]
    [InlineData("step=week,year", "step", "Must be one of day, week.")]
    [InlineData("size=1", "size", "Must be one of small, veryLarge.")]
    [InlineData("note=a%00b", "note", "Holds a character that is not allowed (U+0000).")]
    [InlineData("colour=red", "colour", "There is no such parameter. Known: day, at, id, limit, step, size, note.")]
    [InlineData("day=2026-05-08&day=2026-05-09", "day", "Must be given once. Known: ")]
    [InlineData("note=%C3%28", "note", "Holds bytes that are no UTF-8.")]
    [InlineData("note=%ED%A0%80", "note", "Holds bytes that are no UTF-8.")]
    public async Task A_wrong_parameter_of_a_report_is_named_in_plain_words(string query, string name, string message)
    {
        await using var service = await SampleService.StartAsync(Map, [Tools]);
        var (status, body) = await service.GetAsync($"/report?{query}");
        status.ShouldBe(400, body.ToJsonString());
        body["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe(name);
        ((string)body["errors"]![name]![0]!).ShouldStartWith(message);
        body.ToJsonString().ShouldNotContain("Nullable");
    }

    [Fact]
    public async Task Good_parameters_are_read_in_any_case_of_their_words()
    {
        await using var service = await SampleService.StartAsync(Map, [Tools]);
        var (status, body) = await service.GetAsync("/report?day=2026-05-08&at=2026-05-08T10:00:00%2B02:00&limit=3&STEP=Week&size=VERYLARGE&note=");
        status.ShouldBe(200, body.ToJsonString());
        ((string)body["at"]!).ShouldBe("2026-05-08T08:00:00Z");
        ((string)body["size"]!).ShouldBe("veryLarge");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_in_a_path_are_refused()
    {
        await using var service = await SampleService.StartAsync(Map, [Tools]);
        var (status, body) = await service.GetAsync("/tools/%C3%28");
        status.ShouldBe(400);
        body["code"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Head_answers_like_get_without_a_body()
    {
        await using var service = await SampleService.StartAsync(Map, [Tools]);
        using var answer = await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/report"), Ct);
        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await answer.Content.ReadAsByteArrayAsync(Ct)).ShouldBeEmpty();

        using var wrong = await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/report?colour=red"), Ct);
        ((int)wrong.StatusCode).ShouldBe(400);
        using var unknown = await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/nothing"), Ct);
        ((int)unknown.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Long_answers_are_compressed_for_who_can_read_it()
    {
        await using var service = await SampleService.StartAsync(Map, [Tools]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/long");
        request.Headers.AcceptEncoding.ParseAdd("br, gzip");
        using var answer = await service.Http.SendAsync(request, Ct);
        answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        answer.Headers.Vary.ShouldContain("Accept-Encoding");
        await using var body = new BrotliStream(await answer.Content.ReadAsStreamAsync(Ct), CompressionMode.Decompress);
        (await new StreamReader(body).ReadToEndAsync(Ct)).Length.ShouldBeGreaterThan(10_000);

        using var plain = await service.Http.GetAsync(new Uri("/long", UriKind.Relative), Ct);
        plain.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_store_is_away_clients_are_told_to_come_again()
    {
        await using var service = await SampleService.StartAsync(Map, [Tools]);
        using var answer = await service.Http.GetAsync(new Uri("/away", UriKind.Relative), Ct);
        ((int)answer.StatusCode).ShouldBe(503);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["code"]!).ShouldBe("store-unavailable");
    }

    [Fact]
    public async Task The_same_request_sent_to_two_processes_at_once_is_done_once_and_answered_twice()
    {
        var data = Directory.CreateTempSubdirectory("fleet-twins-").FullName;
        try
        {
            await using var one = await SampleService.StartAsync(Map, [Tools], data);
            await using var other = await SampleService.StartAsync(Map, [Tools], data);
            for (var i = 0; i < 300; i++)
            {
                var json = Encoding.UTF8.GetBytes($$"""{"name":"tool {{i}}"}""");
                var answers = await Task.WhenAll(
                    one.SendAsync(HttpMethod.Post, "/tools", json, $"key-{i}"), other.SendAsync(HttpMethod.Post, "/tools", json, $"key-{i}"));
                foreach (var (status, body, _) in answers) status.ShouldBe(201, body.ToJsonString());
                ((string)answers[0].Body["id"]!).ShouldBe((string)answers[1].Body["id"]!);
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task A_key_does_not_hide_a_refusal_of_the_requests_own()
    {
        await using var service = await SampleService.StartAsync(Map, [Tools]);
        var json = Encoding.UTF8.GetBytes("""{"name":"hammer"}""");
        (await service.SendAsync(HttpMethod.Post, "/tools", json, "a")).Status.ShouldBe(201);
        var (status, body, _) = await service.SendAsync(HttpMethod.Post, "/tools", json, "b");
        status.ShouldBe(409);
        ((string)body["code"]!).ShouldBe("name-in-use");
    }

    [Fact]
    public async Task OpenApi_says_truly_what_must_be_sent_and_what_is_always_answered()
    {
        await using var service = await SampleService.StartAsync(Map, [Tools]);
        var (_, document) = await service.GetAsync("/openapi/sample.json");
        var schemas = document["components"]!["schemas"]!.AsObject();
        Required(schemas, "Request").ShouldBe(["name"]);
        Required(schemas, "ToolView").ShouldBe(["id", "name", "count"], ignoreOrder: true);
        Required(schemas, "Patch").ShouldBeEmpty();
        var until = schemas.Single(s => s.Key.EndsWith("Patch", StringComparison.Ordinal)).Value!["properties"]!["until"]!;
        until["type"]!.AsArray().Select(t => (string)t!).ShouldBe(["null", "string"], ignoreOrder: true);
        ((string)until["format"]!).ShouldBe("date");
        document["paths"]!["/tools"]!["post"]!["parameters"]!.AsArray().ShouldContain(p => (string)p!["name"]! == "Idempotency-Key");
        document["paths"]!["/report"]!["get"]!["parameters"]!.AsArray().Single(p => (string)p!["name"]! == "step")!["schema"]!["enum"]!
            .AsArray().Select(w => (string)w!).ShouldBe(["day", "week"]);
    }

    private static IEnumerable<string> Required(JsonObject schemas, string type) =>
        schemas.Single(s => s.Key.EndsWith(type, StringComparison.Ordinal)).Value!["required"]?.AsArray().Select(r => (string)r!) ?? [];

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/report", Ok<Answer> ([AsParameters] Question question, [Description("Any text.")] string? note) =>
            TypedResults.Ok(new Answer(question.At, Choice.Of<Size>(question.Size, "size")))).RequireRole(Roles.It);
        routes.MapGet("/long", () => TypedResults.Ok(Enumerable.Repeat("the same again", 1000).ToList())).RequireRole(Roles.It);
        routes.MapGet("/away", Ok<string> () => throw new StoreUnavailableException("The disk is full.")).RequireRole(Roles.It);
        routes.MapGet("/tools/{name}", (string name) => TypedResults.Ok(new Answer(null, null))).RequireRole(Roles.It);
        routes.MapPatch("/tools/{id:guid}", (Guid id, Body<Patch> body) => TypedResults.Ok(new Answer(null, null))).RequireRole(Roles.It);
        routes.MapPost("/tools", AddAsync).RequireRole(Roles.It).Idempotent<Tool>();
    }

    private static async Task<Results<CreatedResource<ToolView>, ProblemHttpResult>> AddAsync(
        Body<Request> body, RequestOrigin origin, IDocumentStore store, CancellationToken ct)
    {
        // As rules do: what stands in the way is looked for before the write.
        if (await store.FindByAsync(ToolName.Is(Key.Folded(body.Value.Name!)), ct) is not null) return Problems.Conflict("name-in-use", "There is such a tool.");
        var document = Document<Tool>.New(Guid.CreateVersion7(), new Tool(body.Value.Name!));
        var answer = new CreatedResource<ToolView>($"/tools/{document.Id}", new ToolView(Guid.Parse(document.Id), document.State.Name, 1));
        return (await store.WriteAsync(document, [], origin.For(answer), ct)).IsWritten ? answer : Problems.Conflict("name-in-use", "There is such a tool.");
    }

    internal enum Size
    {
        Small,
        VeryLarge,
    }

    internal sealed record Question(
        DateOnly? Day, DateTimeOffset? At, Guid? Id, int? Limit, [property: Words("day", "week")] string? Step, [property: Words("small", "veryLarge")] string? Size);

    internal sealed record Answer(DateTimeOffset? At, Size? Size);

    internal sealed record Tool(string Name);

    internal sealed record Request([property: Required] string? Name, string? Note, IReadOnlyList<Size>? Sizes, bool Sharp);

    internal sealed record Patch(Given<DateOnly?> Until = default, string? Name = null);

    internal sealed record ToolView(Guid Id, string Name, int Count, string? Note = null);
}
