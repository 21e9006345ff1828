using System.Security.Cryptography;
using System.Text;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Features.Accesses;
using Fleet.Provisioning.Process;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Fleet.Provisioning.Features.Gateways;

/// <summary>Tells a gateway's agent which peers it should have, and, on request, waits until they differ from those it knows.</summary>
internal static class WatchPeers
{
    private const int LongestWait = 60;

    // How soon a change made by another process of this service is seen; this process's own are seen at once.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    public static void MapWatchPeers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/gateways/{id:guid}/peers", Handle).WithName(nameof(WatchPeers)).RequireRole(Roles.It, Roles.Admin)
            .Produces(StatusCodes.Status304NotModified);

    /// <param name="id">The gateway.</param>
    /// <param name="wait">Seconds, 0 to 60, to wait for peers other than those named by If-None-Match; then 304.</param>
    private static async Task<Results<Ok<ListView<PeerView>>, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        Guid id, [FromQuery] int? wait, HttpContext http, IDocumentStore store, Standing standing, PeerChanges changes, IHostApplicationLifetime lifetime, TimeProvider time,
        CancellationToken ct)
    {
        if (wait is < 0 or > LongestWait) throw new BadRequestException("wait", $"Must be 0 to {LongestWait}.");
        if (await store.FindAsync<Gateway>(id, ct) is null) return Problems.NotFound("VPN gateway");

        var known = http.Request.GetTypedHeaders().IfNoneMatch.Select(t => t.Tag.ToString()).ToHashSet();
        var begin = time.GetTimestamp();
        // A process that is told to stop does not let its agents hold it up.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
        while (true)
        {
            var changed = changes.Next;
            var peers = await ReadAsync(id, store, standing, ct);
            var tag = ETagOf(peers);
            http.Response.Headers.ETag = tag;
            if (!known.Contains(tag) && !known.Contains(EntityTagHeaderValue.Any.Tag.ToString())) return TypedResults.Ok(new ListView<PeerView>(peers, null));

            var left = TimeSpan.FromSeconds(wait ?? 0) - time.GetElapsedTime(begin);
            if (left <= TimeSpan.Zero || stop.IsCancellationRequested) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            await changed.WaitAsync(left < LookAgain ? left : LookAgain, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<List<PeerView>> ReadAsync(Guid gatewayId, IDocumentStore store, Standing standing, CancellationToken ct)
    {
        var peers = new List<PeerView>();
        var query = new Query<Access> { Where = [AccessDocument.PeerOf.Is(gatewayId)], Limit = Query<Access>.MaxLimit };
        do
        {
            var page = await store.QueryAsync(query, ct);
            // An access that is over is no peer from that instant on, not only when somebody has written it down.
            var now = await standing.OfAsync([.. page.Items.Select(a => a.State)], ct);
            peers.AddRange(now.Where(a => a.State == AccessState.Active).Select(a => new PeerView(a.PublicKey!, a.Address!)));
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return peers;
    }

    private static string ETagOf(IReadOnlyList<PeerView> peers) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', peers.Select(p => $"{p.PublicKey} {p.Address}")))))[..32]}\"";

    /// <param name="PublicKey">32 bytes in base64.</param>
    /// <param name="Address">The only address the peer may send from.</param>
    internal sealed record PeerView(string PublicKey, string Address);
}
