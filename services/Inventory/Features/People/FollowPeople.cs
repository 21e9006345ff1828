using Fleet.Contracts;
using Fleet.Inventory.Domain;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Inventory.Features.People;

/// <summary>Keeps what people are called; the newest version wins.</summary>
internal sealed class FollowPeople(IDocumentStore store) : IConsumer<PersonRegistered>, IConsumer<PersonChanged>, IConsumer<PersonLeft>
{
    public Task Consume(ConsumeContext<PersonRegistered> context) => FollowAsync(context.Message.Person, context.Message.Meta, context.CancellationToken);

    public Task Consume(ConsumeContext<PersonChanged> context) => FollowAsync(context.Message.Person, context.Message.Meta, context.CancellationToken);

    public Task Consume(ConsumeContext<PersonLeft> context) => FollowAsync(context.Message.Person, context.Message.Meta, context.CancellationToken);

    private async Task FollowAsync(PersonState state, EventMeta meta, CancellationToken ct)
    {
        var person = new Person
        {
            PersonId = state.PersonId,
            GivenName = state.GivenName,
            FamilyName = state.FamilyName,
            UserName = state.UserName,
            SourceVersion = meta.AggregateVersion,
        };
        while (true)
        {
            var found = await store.FindAsync<Person>(state.PersonId, ct) ?? Document<Person>.New(state.PersonId, person);
            if (found.Version > 0 && found.State.SourceVersion >= meta.AggregateVersion) return;
            if ((await store.WriteAsync(found.With(person), ct)).IsWritten) return;
        }
    }
}
