using Fleet.Assignment.Domain;
using Fleet.Platform.Bus;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Assignment.Features.Custodies;

/// <summary>Finds custodies by what is written on the devices.</summary>
internal sealed class FindCustodies(IDocumentStore store, BrokerState broker, TimeProvider time)
{
    // The inventory tells of its devices by events; a tag that it has answered a moment ago may still be on its way here.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The custodies with these asset tags (folded), in their order; null for a tag that does not turn up in time. Also waits for
    /// those that are not yet as the caller needs them, and answers them as they are then. Waits for nothing while the broker is away: no news can come.
    /// </summary>
    public async Task<IReadOnlyList<Document<Custody>?>> ByTagsAsync(IReadOnlyList<string> assetTags, Func<Custody, bool> isAwaited, CancellationToken ct)
    {
        var tags = assetTags.Select(Key.Folded).ToList();
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var page = await store.QueryAsync(new Query<Custody> { Where = [CustodyDocument.AssetTag.IsOneOf(tags)], Limit = Query<Custody>.MaxLimit }, ct);
            var byTag = page.Items.ToLookup(c => CustodyDocument.AssetTag.Value(c.State));
            var found = tags.Select(t => byTag[t].LastOrDefault()).ToList();
            if (found.All(c => c is not null && isAwaited(c.State)) || !broker.IsConnected || time.GetElapsedTime(began) > Patience) return found;
            // Longer and longer, so that many who wait do not keep the event from being handled.
            await Task.Delay(pause, time, ct);
        }
    }

    /// <summary>The custody with this asset tag, or null when it does not turn up in time.</summary>
    public async Task<Document<Custody>?> ByTagAsync(string assetTag, CancellationToken ct) => (await ByTagsAsync([assetTag], _ => true, ct))[0];

    /// <summary>The refusal for tags that were not found: there are no such devices, or, while the broker is away, the news of them may be late.</summary>
    public ProblemHttpResult Unknown(IReadOnlyList<string> assetTags)
    {
        if (broker.IsConnected) return Refusals.Unknown(assetTags);
        var detail = $"There is no device with the asset tag {string.Join(", ", assetTags)} yet; the inventory's news may be late, as the message broker does not answer. Try again later.";
        return Problems.Conflict("inventory-news-late", detail, ("assetTags", assetTags));
    }
}
