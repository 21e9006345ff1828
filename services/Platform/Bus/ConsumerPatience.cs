using System.Text.Json;
using Fleet.Platform.Store;
using MassTransit;
using MassTransit.RetryPolicies;

namespace Fleet.Platform.Bus;

/// <summary>
/// How long a consumer tries. While the store is away: for ever, with the message unacknowledged, so that it ends nowhere else and keeps its place. What cannot
/// get better is not tried again. Anything else may be a race or a hiccup: a few times within seconds, and then it is the error queue's.
/// </summary>
internal sealed class ConsumerPatience(StoreHealth store, TimeProvider time, CancellationToken stopping) : IRetryPolicy
{
    private const int MostTries = 5;

    // The broker closes a channel whose message is not acknowledged for 30 minutes (its consumer_timeout). Given back before that, it is delivered anew.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(20);

    public static bool IsPatient(Exception error) => error is StoreUnavailableException;

    /// <summary>Whether it says something about the message: not that the store is away, nor that the process stops.</summary>
    public static bool IsFault(Exception error) => !IsPatient(error) && error is not OperationCanceledException;

    public bool IsHandled(Exception exception) => exception is not (OperationCanceledException or MessageRefusedException or JsonException or FormatException or ArgumentException);

    RetryPolicyContext<T> IRetryPolicy.CreatePolicyContext<T>(T context) => new First<T>(this, context);

    void IProbeSite.Probe(ProbeContext context) => context.Set(new { Policy = nameof(ConsumerPatience), MostTries });

    private bool MayTryAgain(Exception error, int failures) => IsPatient(error) || (IsHandled(error) && failures <= MostTries);

    private sealed class First<T>(ConsumerPatience policy, T context) : BaseRetryPolicyContext<T>(policy, context) where T : class, PipeContext
    {
        private readonly long _since = policy.Time.GetTimestamp();

        protected override RetryContext<T> CreateRetryContext(Exception exception, CancellationToken cancellationToken) =>
            new Next<T>(policy, Context, exception, 0, IsPatient(exception) ? 0 : 1, _since, cancellationToken);
    }

    private sealed class Next<T>(ConsumerPatience policy, T context, Exception exception, int tries, int failures, long since, CancellationToken ct)
        : BaseRetryContext<T>(context, exception, tries, ct), RetryContext<T> where T : class, PipeContext
    {
        // Those who waited for the store do not all come at once.
        public override TimeSpan? Delay => IsPatient(Exception) ? TimeSpan.FromMilliseconds(100 + Random.Shared.Next(400))
            : TimeSpan.FromMilliseconds(Math.Min(3000, 50 * Math.Pow(3, failures - 1)) + Random.Shared.Next(100));

        public override async Task PreRetry()
        {
            if (!IsPatient(Exception)) return;
            // Broken off, the message goes back to its queue, also when the store is well but for what this message needs of it.
            var left = LongestHold - policy.Time.GetElapsedTime(since);
            if (left <= TimeSpan.Zero) throw new OperationCanceledException("Held as long as the broker lets it be.");
            using var held = new CancellationTokenSource(left, policy.Time);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken, policy.Stopping, held.Token);
            await policy.Store.WaitUntilWellAsync(waiting.Token);
        }

        public bool CanRetry(Exception exception, out RetryContext<T> retryContext)
        {
            retryContext = new Next<T>(policy, Context, exception, RetryCount + 1, IsPatient(exception) ? failures : failures + 1, since, CancellationToken);
            return policy.MayTryAgain(exception, IsPatient(exception) ? failures : failures + 1);
        }
    }

    private StoreHealth Store => store;

    private CancellationToken Stopping => stopping;

    private TimeProvider Time => time;
}
