using System.Text.Json;
using Fleet.WireGuardAgent.Domain;

namespace Fleet.WireGuardAgent;

/// <summary>
/// Keeps the interface's peers equal to those Fleet wants. While Fleet is away the last wanted peers stay; a restart of the agent meanwhile
/// leaves the interface as it is.
/// </summary>
internal sealed partial class KeepPeers(FleetClient fleet, WireGuardInterface wireGuard, TimeProvider time, ILogger<KeepPeers> logger) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private IReadOnlyList<Peer>? _wanted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = ShortestPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await KeepOnceAsync(stoppingToken))
            {
                pause = ShortestPause;
                continue;
            }

            // Many agents lose the same server at the same moment and should not all come back at one.
            await Task.Delay(pause * (1 + Random.Shared.NextDouble()), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Asks and applies once; false when either did not work.</summary>
    private async Task<bool> KeepOnceAsync(CancellationToken ct)
    {
        var asked = await TryAskAsync(ct);
        return await TryApplyAsync(ct) && asked;
    }

    private async Task<bool> TryAskAsync(CancellationToken ct)
    {
        try
        {
            _wanted = await fleet.WaitForPeersAsync(ct) ?? _wanted;
            return true;
        }
        catch (Exception error) when (!ct.IsCancellationRequested
            && error is HttpRequestException or TaskCanceledException or JsonException or IOException or UnauthorizedAccessException)
        {
            LogAway(error.Message);
            return false;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Also when nothing new was heard: somebody may have changed the interface by hand, or set it up anew.</summary>
    private async Task<bool> TryApplyAsync(CancellationToken ct)
    {
        if (_wanted is null || ct.IsCancellationRequested) return true;
        try
        {
            var change = Peers.Difference(await wireGuard.ReadAsync(ct), _wanted);
            if (change.IsNothing) return true;
            await wireGuard.ApplyAsync(change, ct);
            LogApplied(change.Set.Count, change.Remove.Count, _wanted.Count);
            return true;
        }
        catch (Exception error) when (error is WireGuardException or FormatException)
        {
            // The next answer has to come at once, not when something changes.
            fleet.Forget();
            LogNotApplied(error.Message);
            return false;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Set} peers set, {Removed} removed; {Total} are wanted")]
    private partial void LogApplied(int set, int removed, int total);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Fleet gives no peers, those there are stay: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The interface cannot be brought up to date: {Reason}")]
    private partial void LogNotApplied(string reason);
}
