using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Platform.Store;
using MassTransit;

namespace Fleet.Gateway.Features.People;

/// <summary>Keeps a copy of who people are and when their work here ends; the newest version wins. Accounts of leavers are ended by <c>DisableLeavers</c>.</summary>
internal sealed class FollowPeople(IDocumentStore store) : IConsumer<PersonRegistered>, IConsumer<PersonChanged>, IConsumer<PersonLeft>
{
    public Task Consume(ConsumeContext<PersonRegistered> context) => CopyAsync(context.Message.Person, context.Message.Meta, context.CancellationToken);

    public Task Consume(ConsumeContext<PersonChanged> context) => CopyAsync(context.Message.Person, context.Message.Meta, context.CancellationToken);

    public Task Consume(ConsumeContext<PersonLeft> context) => CopyAsync(context.Message.Person, context.Message.Meta, context.CancellationToken);

    private async Task CopyAsync(PersonState state, EventMeta meta, CancellationToken ct)
    {
        var copy = new Person
        {
            PersonId = state.PersonId,
            Name = $"{state.GivenName} {state.FamilyName}",
            UserName = state.UserName,
            LastDay = state.EndDate,
            SourceVersion = meta.AggregateVersion,
        };
        while (true)
        {
            var known = await store.FindAsync<Person>(state.PersonId, ct) ?? Document<Person>.New(state.PersonId, copy);
            if (known.Version > 0 && known.State.SourceVersion >= meta.AggregateVersion) return;
            if ((await store.WriteAsync(known.With(copy), ct)).IsWritten) return;
        }
    }
}
