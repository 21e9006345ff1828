using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Cases;
using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Platform.Work;

namespace Fleet.Assignment.Process;

/// <summary>Looks at open cases anew as days pass: the case of somebody whose last day is over waits for nothing any more.</summary>
internal sealed class CancelLeftCases(IDocumentStore store, CaseProgress cases, TimeProvider time) : IWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var open = new Query<JoinerCase> { Where = [CaseDocument.Status.Is(nameof(CaseStatus.Open))], Limit = Query<JoinerCase>.MaxLimit };
        Page<JoinerCase> page;
        do
        {
            page = await store.QueryAsync(open, ct);
            var people = await store.FindManyAsync<Person>([.. page.Items.Select(c => Key.Of(c.State.PersonId)).Distinct()], ct);
            foreach (var person in people.Where(p => p.State.Employments.Any(e => e.EndDate is not null)))
                await cases.AdvanceAsync(person.State.PersonId, at => Cause.Due("assignment", at), now, ct);
            open = open with { After = page.Next };
        }
        while (page.Next is not null);
    }
}
