using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Fleet.Tests.EndToEnd;

/// <summary>The public API as a client's script would use it. Every write is sent once; every name is new.</summary>
public static class Api
{
    /// <summary>A name that no other test uses.</summary>
    public static string Unique(string prefix) => $"{prefix}-{Guid.CreateVersion7():N}"[..(prefix.Length + 1 + 32)];

    /// <summary>A WireGuard public key: 32 random bytes in base64.</summary>
    public static string PublicKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Sends a POST and returns the answer's body; fails when it is not the expected status.</summary>
    public static async Task<JsonNode> PostAsync(this HttpClient client, string path, object body, HttpStatusCode expected = HttpStatusCode.Created)
    {
        var answer = await client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, $"POST {path}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Sends a PATCH (a JSON text, so that null can be said) and returns the answer's body; fails when it is not the expected status.</summary>
    public static async Task<JsonNode> PatchAsync(this HttpClient client, string path, string json, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        var answer = await client.PatchAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, $"PATCH {path}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>The items of a list's first page.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ItemsAsync(this HttpClient client, string path) =>
        [.. (await client.ReadAsync(path))["items"]!.AsArray().Select(i => i!)];

    /// <summary>Reads a resource; fails when it is not there.</summary>
    public static async Task<JsonNode> ReadAsync(this HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"GET {path}: {text}");
        return JsonNode.Parse(text)!;
    }

    public static string Id(this JsonNode node) => (string)node["id"]!;

    public static string Text(this JsonNode node, string name) => (string?)node[name] ?? "";

    public static int Number(this JsonNode node, string name) => (int)node[name]!;
}
