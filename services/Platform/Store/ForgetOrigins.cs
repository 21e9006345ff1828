using Fleet.Platform.Work;
using Microsoft.Extensions.Options;

namespace Fleet.Platform.Store;

/// <summary>Forgets idempotency keys that are older than <see cref="FleetOptions.IdempotencyKeysDays"/>.</summary>
internal sealed class ForgetOrigins(IDocumentStore store, IOptions<FleetOptions> options, TimeProvider time) : IWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public Task RunAsync(CancellationToken ct) => store.ForgetOriginsAsync(time.GetUtcNow().AddDays(-options.Value.IdempotencyKeysDays), ct);
}
