using Fleet.Platform.Store;
using Microsoft.Extensions.Options;

namespace Fleet.Platform.Work;

/// <summary>Forgets idempotency keys after the configured time.</summary>
internal sealed class ForgetOrigins(IDocumentStore store, IOptions<FleetOptions> options, TimeProvider time) : IWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public Task RunAsync(CancellationToken ct) => store.ForgetOriginsAsync(time.GetUtcNow() - TimeSpan.FromDays(options.Value.IdempotencyKeysDays), ct);
}
