using Fleet.Contracts;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>
/// Writes sign-ins that were refused to the audit log: the first of an account within a second, those that follow together, so that a flood of guesses is a
/// few entries with a count. Of names that are no account only the number is kept. While the store is away the count waits here; a crash
/// loses what was counted since the last writing.
/// </summary>
internal sealed partial class RefusalLog(IDocumentStore store, TimeProvider time, ILogger<RefusalLog> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid? AccountId, string Reason), Waiting> _waiting = [];
    private bool _isPutOff;

    /// <param name="accountId">The account it was tried with; null: there is none of that name.</param>
    /// <param name="reason">In the words of <see cref="SignInRefused.Reason"/>.</param>
    public void Count(Guid? accountId, string reason)
    {
        lock (_lock)
        {
            Of(accountId, reason).Number++;
        }
    }

    /// <summary>Writes what is due, and keeps what cannot be written.</summary>
    /// <param name="all">Also what would still be collected: the process ends.</param>
    internal async Task WriteAsync(bool all, CancellationToken ct)
    {
        var due = Take(all);
        for (var i = 0; i < due.Count; i++)
        {
            try
            {
                await WriteAsync(due[i].AccountId, due[i].Reason, due[i].Number, ct);
            }
            catch
            {
                foreach (var (accountId, reason, number) in due.Skip(i)) PutBack(accountId, reason, number);
                throw;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryWriteAsync(all: false);
            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await TryWriteAsync(all: true);
    }

    private async Task TryWriteAsync(bool all)
    {
        try
        {
            await WriteAsync(all, CancellationToken.None);
            _isPutOff = false;
        }
        catch (Exception error)
        {
            if (!_isPutOff) LogPutOff(error.Message);
            _isPutOff = true;
        }
    }

    // The refusal is a document only for as long as it takes to cause its event.
    private async Task WriteAsync(Guid? accountId, string reason, int number, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var cause = Cause.Due(Events.Service, time.GetUtcNow());
        var document = Document<Refused>.New(id, new Refused(number, cause.RecordedAt));
        var fact = new SignInRefused
        {
            Meta = cause.Meta(id, 1, 1, cause.RecordedAt, null),
            AccountId = accountId,
            Reason = reason,
            Count = number,
        };
        await store.WriteAsync(document, [fact.Pending()], ct);
        // What a crash leaves of them, ForgetSessions takes away.
        await store.DeleteAsync(document with { Version = 1 }, CancellationToken.None);
    }

    private List<(Guid? AccountId, string Reason, int Number)> Take(bool all)
    {
        var now = time.GetUtcNow();
        List<(Guid?, string, int)> due = [];
        lock (_lock)
        {
            foreach (var ((accountId, reason), waiting) in _waiting.ToList())
            {
                if (!all && waiting.NextAt > now) continue;
                if (waiting.Number == 0)
                {
                    _waiting.Remove((accountId, reason));
                    continue;
                }

                due.Add((accountId, reason, waiting.Number));
                (waiting.Number, waiting.NextAt) = (0, now + Together);
            }
        }

        return due;
    }

    private void PutBack(Guid? accountId, string reason, int number)
    {
        lock (_lock)
        {
            var waiting = Of(accountId, reason);
            waiting.Number += number;
            waiting.NextAt = DateTimeOffset.MinValue;
        }
    }

    private Waiting Of(Guid? accountId, string reason) =>
        _waiting.TryGetValue((accountId, reason), out var known) ? known : _waiting[(accountId, reason)] = new Waiting { NextAt = DateTimeOffset.MinValue };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused sign-ins are counted and wait to be written: {Reason}")]
    private partial void LogPutOff(string reason);

    private sealed class Waiting
    {
        public int Number { get; set; }

        public required DateTimeOffset NextAt { get; set; }
    }

    /// <summary>What caused the event; of no use after it.</summary>
    internal sealed record Refused(int Number, DateTimeOffset At)
    {
        public static readonly DocumentType<Refused> Type = new("refusals");
    }
}
