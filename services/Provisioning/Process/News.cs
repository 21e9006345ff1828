using Fleet.Platform.Bus;
using Fleet.Platform.Http;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Process;

/// <summary>Waits a moment for what another service has told already and is on its way here; for nothing while the broker is away: no news can come.</summary>
internal sealed class News(BrokerState broker, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>What is there once it is as awaited; after a while, or without a broker, as it is then.</summary>
    public async Task<Document<T>?> WaitAsync<T>(Func<Task<Document<T>?>> read, Func<Document<T>?, bool> isAwaited, CancellationToken ct) where T : class
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var found = await read();
            if (isAwaited(found) || !broker.IsConnected || time.GetElapsedTime(began) > Patience) return found;
            // Longer and longer, so that many who wait do not keep the event from being handled.
            await Task.Delay(pause, time, ct);
        }
    }

    /// <summary>409 <c>assignment-news-late</c> while the broker is away: what the refusal goes by may be old; otherwise null.</summary>
    public ProblemHttpResult? IfLate() => broker.IsConnected ? null : Problems.Conflict(
        "assignment-news-late", "Nothing here says so yet; news of people and hand-overs may be late, as the message broker does not answer. Try again later.");
}
