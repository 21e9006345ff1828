using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Fleet.Tests.EndToEnd;

/// <summary>
/// Sends to every operation of every OpenAPI document, in each of its parameters and each member of its body, what no value may be. Nothing of it may
/// be taken, nothing may break, and the refusal names what was wrong.
/// </summary>
public sealed class HostileInputTests(SharedInstallation shared)
{
    private static readonly string[] Services = ["inventory", "assignment", "provisioning", "audit", "gateway"];

    private const string Secret = "the answer holds a password that is kept nowhere, so that it cannot be given again; a second of the same name is refused";

    /// <summary>Commands that are not answered again by a key, and why that is right.</summary>
    private static readonly Dictionary<string, string> KeylessPosts = new()
    {
        ["/auth/accounts"] = Secret,
        ["/auth/accounts/{id}/reset"] = Secret,
        ["/auth/clients"] = Secret,
        ["/auth/clients/{id}/rotate"] = Secret,
        ["/auth/token"] = "a new token does no harm",
        ["/auth/sign-in"] = "a form of a page; a new session does no harm",
        ["/auth/sign-out"] = "a form of a page; being out twice is being out",
        ["/auth/sign-in/code"] = "a form of a page; the second finds the code used up",
        ["/auth/second-factor"] = "a form of a page; the second finds it set up",
        ["/auth/second-factor/replace"] = "a form of a page; the second finds the code used up",
        ["/auth/second-factor/recovery-codes"] = "a form of a page; the second finds the code used up",
        ["/auth/second-factor/remove"] = "a form of a page; the second finds none",
        ["/auth/password"] = "a form of a page; the second finds the password changed",
        ["/operations/error-queues/{name}/replay"] = "moves what is there; the second finds nothing, or what came back",
    };

    public static TheoryData<string> Documents => [.. Services];

    [Theory, MemberData(nameof(Documents))]
    public async Task What_no_value_may_be_is_refused_everywhere_and_named(string service)
    {
        var (client, document) = await OpenAsync(service);
        var complaints = new ConcurrentQueue<string>();
        var sent = 0;
        await Parallel.ForEachAsync(Operations(document).SelectMany(Hostile), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (hostile, ct) =>
        {
            Interlocked.Increment(ref sent);
            using var request = hostile.MessageTo(shared.Fleet.Address);
            using var answer = await client.SendAsync(request, ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            if (Complaint(hostile, answer, text) is { } complaint)
                complaints.Enqueue($"{hostile.Operation.Method} {hostile.Operation.Path}, {hostile.What}: {complaint} {text[..Math.Min(text.Length, 300)]}");
        });
        sent.ShouldBeGreaterThan(50);
        complaints.Order().Take(40).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Documents))]
    public async Task What_a_document_calls_required_is_what_a_body_must_hold(string service)
    {
        var (client, document) = await OpenAsync(service);
        foreach (var operation in Operations(document).Where(o => o.Body is not null))
        {
            using var request = new HttpRequestMessage(operation.Method, operation.FilledPath) { Content = Json("{}"u8.ToArray()) };
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var named = JsonNode.Parse(text) is JsonObject problem && problem["errors"] is JsonObject errors ? errors.Select(e => e.Key).ToList() : [];
            var required = operation.Body!["required"]?.AsArray().Select(r => (string)r!).ToList() ?? [];
            // A rule beyond the single member (one of two is needed) may name more; it must not name less, nor may the document.
            required.Except(named).ShouldBeEmpty($"{operation.Method} {operation.Path}: {text}");
            if (answer.StatusCode == HttpStatusCode.BadRequest && required.Count > 0) named.Except(required).ShouldBeEmpty($"{operation.Method} {operation.Path}: {text}");
        }
    }

    [Theory, MemberData(nameof(Documents))]
    public async Task What_a_document_calls_always_answered_is_in_every_line_of_every_list(string service)
    {
        var (client, document) = await OpenAsync(service);
        var office = await Office.OpenAsync(shared.Fleet);
        var (person, device) = (await office.HireAsync(), await office.RegisterLaptopAsync());
        await office.It.PostAsync("/api/assignment/handovers", new { personId = person.Id(), assetTags = new[] { device.Text("assetTag") } });
        foreach (var operation in Operations(document).Where(o => o.Method == HttpMethod.Get && !o.Path.Contains('{', StringComparison.Ordinal)))
        {
            var schema = Resolve(document, operation.Node["responses"]?["200"]?["content"]?["application/json"]?["schema"]);
            if (Resolve(document, schema?["properties"]?["items"]?["items"]) is not { } line) continue;
            var required = line["required"]?.AsArray().Select(r => (string)r!).ToList() ?? [];
            var known = line["properties"]!.AsObject().Select(p => p.Key).ToList();
            foreach (var item in (await client.ReadAsync(operation.Path))["items"]!.AsArray())
            {
                var members = item!.AsObject().Select(m => m.Key).ToList();
                required.Except(members).ShouldBeEmpty($"{operation.Path}: {item.ToJsonString()}");
                members.Except(known).ShouldBeEmpty($"{operation.Path}: {item.ToJsonString()}");
            }
        }
    }

    [Theory, MemberData(nameof(Documents))]
    public async Task Every_command_honours_an_idempotency_key_or_has_a_reason_not_to(string service)
    {
        var (_, document) = await OpenAsync(service);
        var without = Operations(document).Where(o => o.Method == HttpMethod.Post && !o.Parameters.Any(p => p.Text("name") == "Idempotency-Key")).Select(o => o.Path);
        without.Except(KeylessPosts.Keys).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Documents))]
    public async Task Every_read_answers_head(string service)
    {
        var (client, document) = await OpenAsync(service);
        foreach (var operation in Operations(document).Where(o => o.Method == HttpMethod.Get && !o.Path.Contains('{', StringComparison.Ordinal)))
        {
            using var get = await client.GetAsync(operation.Path, HttpCompletionOption.ResponseHeadersRead);
            using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, operation.Path));
            head.StatusCode.ShouldBe(get.StatusCode, operation.Path);
            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        }
    }

    private async Task<(HttpClient Client, JsonNode Document)> OpenAsync(string service) =>
        (await shared.Fleet.AsAsync("it", "hr", "auditor", "admin"), await shared.Fleet.Anonymous().ReadAsync($"/openapi/{service}.json"));

    private static string? Complaint(Request hostile, HttpResponseMessage answer, string text)
    {
        var status = (int)answer.StatusCode;
        if (status >= 500) return $"answered {status}.";
        if (!hostile.MustBeRefused) return null;
        if (status < 400) return $"was taken ({status}).";
        // The web server itself refuses a few bytes in a path before any of our code runs.
        if (text.Length == 0) return status is 400 && hostile.Name is null ? null : $"{status} says nothing.";
        // SCIM has errors of its own shape (RFC 7644).
        if (hostile.Operation.Path.StartsWith("/scim", StringComparison.Ordinal)) return null;
        if (JsonNode.Parse(text) is not JsonObject problem || problem["code"] is null) return $"{status} has no code.";
        if (status != 400 || hostile.Name is null) return null;
        var named = problem["errors"]?.AsObject().Select(e => e.Key).ToList() ?? [];
        return named.Any(n => n == hostile.Name || n == "?" || n.StartsWith($"{hostile.Name}[", StringComparison.Ordinal) || n.StartsWith($"{hostile.Name}.", StringComparison.Ordinal))
            ? null
            : $"does not name {hostile.Name}.";
    }

    private static IEnumerable<Request> Hostile(Operation operation)
    {
        foreach (var parameter in operation.Parameters)
        {
            var (name, schema) = (parameter.Text("name"), parameter["schema"]!);
            if (parameter.Text("in") == "query")
            {
                foreach (var value in BadInQuery(schema)) yield return new Request(operation, $"?{name}={value}", name) { Query = $"{name}={value}" };
                yield return new Request(operation, $"{name} twice", name) { Query = $"{name}=1&{name}=1" };
            }
            else if (parameter.Text("in") == "path")
            {
                foreach (var value in (string[])["%00", "%C3%28", "%ED%A0%80", "%EF%BF%BE", "%25", "..", "a%0Ab", new string('x', 3000)])
                    yield return new Request(operation, $"{name} in the path: {value[..Math.Min(20, value.Length)]}", null) { Path = operation.PathWith(name, value), MustBeRefused = false };
            }
            else if (parameter.Text("in") == "header")
            {
                yield return new Request(operation, $"a long {name}", null) { Header = (name, new string('x', 3000)), MustBeRefused = false };
            }
        }

        if (operation.Method == HttpMethod.Get) yield return new Request(operation, "an unknown parameter", "nobodyKnowsThis") { Query = "nobodyKnowsThis=1" };

        if (operation.Body is { } body)
        {
            foreach (var json in (string[])["", " ", "null", "[]", "1", "\"x\"", "{", "{\"a\":1}}", new string('[', 3000), "{\"\\u0000\":1}", "{\"\\uFFFE\":1}", "{\"\\uD800\":1}", "{\"nobodyKnowsThis\":1}"])
                yield return new Request(operation, $"the body {json[..Math.Min(20, json.Length)]}", null) { Content = Encoding.UTF8.GetBytes(json) };
            foreach (var (name, json) in BadMembers(operation.Document, body, 0))
                yield return new Request(operation, $"the body {Encoding.UTF8.GetString(json)}", name) { Content = json };
        }
        else if (operation.Node["requestBody"] is not null)
        {
            yield return new Request(operation, "bytes as its body", null) { Content = [0, 1, 2, 0xFF], MediaType = operation.MediaType, MustBeRefused = false };
        }
    }

    private static IEnumerable<string> BadInQuery(JsonNode schema)
    {
        foreach (var bytes in (string[])["%00", "a%00b", "%EF%BF%BE", "%EF%BF%BF", "%C3%28", "%ED%A0%80", "%FF"]) yield return bytes;
        var value = (string?)schema["type"] == "array" ? schema["items"]! : schema;
        if (value["enum"] is not null) yield return "nobodysWord";
        foreach (var bad in (value.Text("type"), value.Text("format")) switch
        {
            (_, "date") => new[] { "0001-01-01", "9999-12-31", "2026-02-30", "8.5.2026", "tomorrow" },
            (_, "date-time") => ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-05-08T10:00:00", "now"],
            (_, "uuid") => ["7", "00000000-0000-0000-0000-00000000000g"],
            ("integer", _) => ["x", "1.5", "99999999999999999999"],
            ("boolean", _) => ["maybe"],
            _ => [],
        }) yield return bad;
    }

    /// <summary>Bodies with one bad member each, and the path that the refusal must name.</summary>
    private static IEnumerable<(string Name, byte[] Json)> BadMembers(JsonNode document, JsonNode schema, int depth)
    {
        if (depth > 3 || schema["properties"] is not JsonObject members) yield break;
        foreach (var (name, node) in members)
        {
            var member = Resolve(document, node)!;
            yield return (name, Bytes($"{{\"{name}\":1,\"{name}\":1}}"));
            foreach (var value in BadValues(member)) yield return (name, Concat($"{{\"{name}\":", value, "}"));
            foreach (var (inner, json) in BadMembers(document, member, depth + 1)) yield return ($"{name}.{inner}", Concat($"{{\"{name}\":", json, "}"));
            if (member["items"] is { } items)
            {
                var item = Resolve(document, items)!;
                foreach (var value in BadValues(item).Append(Bytes("null"))) yield return ($"{name}[0]", Concat($"{{\"{name}\":[", value, "]}"));
                foreach (var (inner, json) in BadMembers(document, item, depth + 1)) yield return ($"{name}[0].{inner}", Concat($"{{\"{name}\":[", json, "]}"));
            }
        }
    }

    private static IEnumerable<byte[]> BadValues(JsonNode schema)
    {
        var types = schema["type"] switch { JsonArray several => several.Select(t => (string)t!).ToList(), JsonValue one => [(string)one!], _ => [] };
        foreach (var text in (string[])["\"\\u0000\"", "\"a\\u0000b\"", "\"\\uFFFE\"", "\"\\uFFFF\"", "\"\\uD800\"", "\"\\uDC00x\""]) yield return Bytes(text);
        yield return [(byte)'"', 0xC3, 0x28, (byte)'"'];
        yield return [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'];
        // A schema that says nothing takes anything.
        if (types.Count == 0 && schema["enum"] is null) yield break;
        if (!types.Contains("object")) yield return Bytes("{\"a\":1}");
        if (!types.Contains("array")) yield return Bytes("[[]]");
        if (!types.Contains("boolean")) yield return Bytes("true");
        if (!types.Contains("integer") && !types.Contains("number")) yield return Bytes("1e400");
        foreach (var text in schema.Text("format") switch
        {
            "date" => new[] { "\"0001-01-01\"", "\"9999-12-31\"", "\"2026-02-30\"" },
            "date-time" => ["\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"2026-05-08T10:00:00\""],
            "uuid" => ["\"7\""],
            "int32" or "int64" => ["1e400", "99999999999999999999", "1.5"],
            _ => [],
        }) yield return Bytes(text);
        if (schema["enum"] is not null) yield return Bytes("\"nobodysWord\"");
    }

    private static IEnumerable<Operation> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is "get" or "post" or "put" or "patch" or "delete"
        select new Operation(document, new HttpMethod(operation.Key.ToUpperInvariant()), path.Key, operation.Value!);

    /// <summary>The schema itself, behind a reference or beside null.</summary>
    private static JsonNode? Resolve(JsonNode document, JsonNode? schema)
    {
        if (schema?["oneOf"] is JsonArray either && either.FirstOrDefault(s => s!["type"] is not JsonValue type || (string?)type != "null") is { } one) schema = one;
        return schema?["$ref"] is { } reference ? document["components"]!["schemas"]![((string)reference!).Split('/')[^1]] : schema;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Concat(string before, byte[] value, string after) => [.. Bytes(before), .. value, .. Bytes(after)];

    private static ByteArrayContent Json(byte[] body, string mediaType = "application/json") => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private sealed record Operation(JsonNode Document, HttpMethod Method, string Path, JsonNode Node)
    {
        public IReadOnlyList<JsonNode> Parameters { get; } = [.. (Node["parameters"]?.AsArray() ?? []).Select(p => p!)];

        /// <summary>The schema of its JSON body.</summary>
        public JsonNode? Body => Resolve(Document, Node["requestBody"]?["content"]?["application/json"]?["schema"]);

        public string MediaType => Node["requestBody"]!["content"]!.AsObject().First().Key;

        public string FilledPath => PathWith("", "");

        public string PathWith(string name, string value) => string.Join('/', Path.Split('/').Select(part =>
            !part.StartsWith('{') ? part : part[1..^1].Split(':')[0] == name ? value : Parameters.Any(p => p.Text("name") == part[1..^1].Split(':')[0] && p["schema"]!.Text("format") == "uuid") ? Guid.CreateVersion7().ToString() : "x"));
    }

    private sealed record Request(Operation Operation, string What, string? Name)
    {
        public bool MustBeRefused { get; init; } = true;

        public string? Query { get; init; }

        public string? Path { get; init; }

        public byte[]? Content { get; init; }

        public string MediaType { get; init; } = "application/json";

        public (string Name, string Value)? Header { get; init; }

        public HttpRequestMessage MessageTo(Uri address)
        {
            // As it stands: nothing may tidy it up on its way.
            var uri = new Uri($"{address.ToString().TrimEnd('/')}{Path ?? Operation.FilledPath}{(Query is null ? "" : $"?{Query}")}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            var message = new HttpRequestMessage(Operation.Method, uri);
            if (Content is not null) message.Content = Json(Content, MediaType);
            else if (Operation.Body is not null) message.Content = Json(Bytes("{}"));
            if (Header is { } header) message.Headers.TryAddWithoutValidation(header.Name, header.Value);
            return message;
        }
    }
}
