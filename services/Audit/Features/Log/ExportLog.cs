using System.Text.Encodings.Web;
using System.Text.Json;
using Fleet.Audit.Domain;
using Fleet.Platform;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Audit.Features.Log;

/// <summary>Gives the whole log as JSON Lines, from the first entry to the last there is when it begins, so that anybody can verify it on their own.</summary>
internal static class ExportLog
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    // As the chain hashes it: nothing escaped that JSON does not demand.
    private static readonly JsonSerializerOptions LineJson = new(FleetJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapExportLog(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/log/export", Handle).WithName(nameof(ExportLog)).RequireRole(Roles.Auditor, Roles.Admin)
            .Produces<string>(StatusCodes.Status200OK, "application/jsonl");

    private static PushStreamHttpResult Handle(IDocumentStore store, CancellationToken ct) =>
        TypedResults.Stream(body => WriteAsync(body, store, ct), "application/jsonl", "audit-log.jsonl");

    private static async Task WriteAsync(Stream body, IDocumentStore store, CancellationToken ct)
    {
        if (await store.FindAsync<LogHead>(LogHeadDocument.Id, ct) is not { State: var head }) return;
        await foreach (var entry in store.EntriesAsync(head, ct))
        {
            await JsonSerializer.SerializeAsync(body, LogEntryView.Of(entry), LineJson, ct);
            await body.WriteAsync(NewLine, ct);
        }
    }
}
