using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Security;
using Fleet.Platform;
using Fleet.Platform.Store;
using Fleet.Platform.Work;

namespace Fleet.Gateway.Process;

/// <summary>
/// Disables the accounts of people whose last day is over, also when that came while nothing ran. It looks at the accounts that are open, not at the
/// day that has just ended, so none is missed. A re-hire enables nothing by itself: an administrator decides.
/// </summary>
internal sealed class DisableLeavers(IDocumentStore store, AccountStore accounts, FleetCalendar calendar, TimeProvider time) : IWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken ct)
    {
        var today = calendar.DayOf(time.GetUtcNow());
        var query = new Query<Account> { OrderBy = AccountDocument.OpenFor, Limit = Query<Account>.MaxLimit };
        do
        {
            var page = await store.QueryAsync(query, ct);
            var people = await store.FindManyAsync<Person>([.. page.Items.Select(a => Key.Of(a.State.PersonId!.Value))], ct);
            var leavers = people.Where(p => p.State.HasLeft(today)).ToDictionary(p => p.State.PersonId, p => p.State.LastDay!.Value);
            foreach (var account in page.Items.Where(a => leavers.ContainsKey(a.State.PersonId!.Value)))
                await DisableAsync(account, leavers[account.State.PersonId!.Value], ct);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    private async Task DisableAsync(Document<Account> found, DateOnly lastDay, CancellationToken ct)
    {
        var (after, changes) = found.State.With(roles: null, isDisabled: true);
        // Written by somebody else meanwhile: the next round looks again.
        await accounts.ChangeAsync(found, after, changes, Cause.Due(Events.Service, time.GetUtcNow()), ct, $"The person's last day was {lastDay:yyyy-MM-dd}.");
    }
}
