using System.Threading.RateLimiting;
using Fleet.Gateway.Domain;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Limits;

/// <summary>
/// Slows down who guesses passwords and secrets. Only wrong ones count, per sender and, for people, per user name, whether that exists or not:
/// nothing about accounts can be learned here, and nobody is locked out for longer than a minute at a time. Kept in memory.
/// </summary>
internal sealed class GuessLimits(IOptions<GatewayOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _networks = PartitionedRateLimiter.Create<string, string>(network =>
        RateLimitPartition.GetFixedWindowLimiter(network, _ => new() { PermitLimit = options.Value.Limits.WrongPerAddressAndMinute, Window = Window }));

    private readonly PartitionedRateLimiter<string> _accounts = PartitionedRateLimiter.Create<string, string>(id =>
        RateLimitPartition.GetTokenBucketLimiter(id, _ => new()
        {
            TokenLimit = options.Value.Limits.WrongPerAccount,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = Window,
        }));

    /// <summary>Whether this sender may try; if not, the lease says when again. Zero permits: asks whether any is left, takes none.</summary>
    public RateLimitLease MayTry(HttpContext http) => _networks.AttemptAcquire(NetworkOf(http), 0);

    /// <summary>Whether anybody may try this user name now.</summary>
    // Not zero permits as above: a token bucket would say yes to them as soon as a fraction of a token is back.
    public bool MayTry(string userName) => _accounts.GetStatistics(Documents.IdOf(userName))!.CurrentAvailablePermits >= 1;

    /// <summary>Counts a wrong secret.</summary>
    /// <param name="http">The request that brought it.</param>
    /// <param name="userName">For people. Programs' secrets cannot be guessed, and a lock would only serve who wants to stop them.</param>
    public void CountWrong(HttpContext http, string? userName)
    {
        _networks.AttemptAcquire(NetworkOf(http)).Dispose();
        if (userName is not null) _accounts.AttemptAcquire(Documents.IdOf(userName)).Dispose();
    }

    public void Dispose()
    {
        _networks.Dispose();
        _accounts.Dispose();
    }

    private static string NetworkOf(HttpContext http) => ClientNetwork.Of(http.Connection.RemoteIpAddress);
}
