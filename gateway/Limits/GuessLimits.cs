using Fleet.Gateway.Domain;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Limits;

/// <summary>
/// Slows down who guesses passwords, codes and secrets, without letting a stranger shut the owner out. Every try is counted before its hash is computed and given
/// back unless it was wrong. A try needs room in each of these budgets:
/// <list type="number">
/// <item>the sender's: 20 wrong ones a minute from one network address, whatever they are for;</item>
/// <item>the sender's for this user name: 5, then one after a minute, and after each more that is wrong twice the wait, up to an hour. Getting in, or a day without a
/// wrong one, ends it. So one stranger, however patient, is soon down to one try an hour;</item>
/// <item>that of all strangers together for this user name: 25, and one more every two minutes: many senders get no further than that.</item>
/// </list>
/// A browser in which the account was signed in before (<see cref="Security.KnownDevice"/>) is no stranger: it has five tries of its own, and its own waits, whatever happens
/// elsewhere and from its own address. So the owner gets in while somebody guesses; on a device they never used, unless many senders guess
/// at the same time. User names count whether there is such an account or not: nothing can be learned here. A right password alone forgives nothing where a
/// code is asked for next: who knows it gets no fresh tries at the code. Source: OWASP, Slow Down Online Guessing
/// Attacks with Device Cookies. Programs' secrets cannot be guessed, and a lock would serve only who wants to stop them: for them the sender counts.
/// Kept in memory: a restart, and each further gateway, begins anew.
/// </summary>
internal sealed class GuessLimits(IOptions<GatewayOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly GuessBudget _senders = new(GuessPace.Steady(options.Value.Limits.WrongPerAddressAndMinute, Minute / options.Value.Limits.WrongPerAddressAndMinute), time);
    private readonly GuessBudget _own = new(GuessPace.Growing(options.Value.Limits.WrongPerAccount, Minute, TimeSpan.FromHours(1), TimeSpan.FromDays(1)), time);
    private readonly GuessBudget _strangers = new(GuessPace.Steady(5 * options.Value.Limits.WrongPerAccount, 2 * Minute), time);

    /// <summary>A try at a person's password or code.</summary>
    /// <param name="account">The folded user name as typed.</param>
    /// <param name="sender">The network it comes from.</param>
    /// <param name="device">The browser's id, if the account was signed in there before.</param>
    public Task<Guess> BeginAsync(string account, string sender, string? device, CancellationToken ct) => device is not null
        ? Guess.BeginAsync([(_own, $"{account}\n{device}", Refusal.Locked)], ct)
        : Guess.BeginAsync([(_senders, sender, Refusal.TooMany), (_own, $"{account}\n{sender}", Refusal.Locked), (_strangers, account, Refusal.Locked)], ct);

    /// <summary>A try at a program's secret.</summary>
    public Task<Guess> BeginAsync(string sender, CancellationToken ct) => Guess.BeginAsync([(_senders, sender, Refusal.TooMany)], ct);
}

/// <summary>Why a try may not be made.</summary>
internal enum Refusal
{
    None,

    /// <summary>Too many wrong ones from this sender.</summary>
    TooMany,

    /// <summary>Too many wrong ones for this user name.</summary>
    Locked,
}

/// <summary>A try that is under way. Unless it was said to be <see cref="Wrong"/> it uses nothing up.</summary>
internal sealed class Guess : IDisposable
{
    private readonly List<(GuessBudget Budget, string Key)> _taken = [];
    private GuessEnd _end;

    /// <summary>Whether it may be made at all.</summary>
    public Refusal Refusal { get; private set; }

    /// <summary>After how long to try again.</summary>
    public TimeSpan Wait { get; private set; }

    /// <summary>Takes from each budget in this order, or from none.</summary>
    public static async Task<Guess> BeginAsync(IReadOnlyList<(GuessBudget Budget, string Key, Refusal IfEmpty)> budgets, CancellationToken ct)
    {
        var guess = new Guess();
        try
        {
            foreach (var (budget, key, ifEmpty) in budgets)
            {
                if (await budget.TakeAsync(key, ct) is { } wait)
                {
                    (guess.Refusal, guess.Wait) = (ifEmpty, wait);
                    guess.Dispose();
                    break;
                }

                guess._taken.Add((budget, key));
            }

            return guess;
        }
        catch
        {
            guess.Dispose();
            throw;
        }
    }

    public void Wrong() => _end = GuessEnd.Wrong;

    /// <summary>All that was asked for was right; half of it is not.</summary>
    public void Right() => _end = GuessEnd.Right;

    public void Dispose()
    {
        foreach (var (budget, key) in _taken) budget.End(key, _end);
        _taken.Clear();
    }
}
