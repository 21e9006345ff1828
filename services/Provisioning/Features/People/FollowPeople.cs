using Fleet.Contracts;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Process;
using MassTransit;

namespace Fleet.Provisioning.Features.People;

/// <summary>Keeps a copy of who people are and when they work here, of which the newest version wins; their accesses end with their last day.</summary>
internal sealed class FollowPeople(IDocumentStore store, Settlement settlement, TimeProvider time)
    : IConsumer<PersonRegistered>, IConsumer<PersonChanged>, IConsumer<PersonLeft>
{
    public Task Consume(ConsumeContext<PersonRegistered> context) => CopyAsync(context.Message, context.Message.Person, context.CancellationToken);

    public Task Consume(ConsumeContext<PersonChanged> context) => CopyAsync(context.Message, context.Message.Person, context.CancellationToken);

    public Task Consume(ConsumeContext<PersonLeft> context) => CopyAsync(context.Message, context.Message.Person, context.CancellationToken);

    private async Task CopyAsync(IFleetEvent fact, PersonState state, CancellationToken ct)
    {
        var copy = new Person
        {
            PersonId = state.PersonId,
            Name = $"{state.GivenName} {state.FamilyName}",
            // An event of an older build has the newest employment only.
            Employments = state.Employments.Count == 0
                ? [new Employment(state.StartDate, state.EndDate)]
                : [.. state.Employments.Select(e => new Employment(e.StartDate, e.EndDate))],
            SourceVersion = fact.Meta.AggregateVersion,
        };
        while (true)
        {
            var known = await store.FindAsync<Person>(state.PersonId, ct) ?? Document<Person>.New(state.PersonId, copy);
            if (known.Version > 0 && known.State.SourceVersion >= copy.SourceVersion) break;
            if ((await store.WriteAsync(known.With(copy), ct)).IsWritten) break;
        }

        // Also when nothing new was learned: the delivery before this one may have been cut short after its write.
        await settlement.SettlePersonAsync(state.PersonId, Cause.Following(fact, Events.Service, time.GetUtcNow()), ct);
    }
}
