using Fleet.Assignment.Domain;

namespace Fleet.Assignment.Features.Cases;

/// <param name="Person">Whom the case is about.</param>
/// <param name="Items">Every line of the kit and how much of it is there.</param>
/// <param name="Missing">What the person still waits for; empty when ready.</param>
internal sealed record CaseView(
    Guid Id, Guid PersonId, CasePerson Person, string Kind, CaseStatus Status, IReadOnlyList<CaseItemView> Items, IReadOnlyList<MissingItemView> Missing,
    DateTimeOffset? OpenedAt, DateTimeOffset? ClosedAt)
{
    public static CaseView Of(JoinerCase joiner, Person person) => new(
        joiner.CaseId, joiner.PersonId, new CasePerson(person.PersonId, person.Name, person.Employments[joiner.Employment - 1].StartDate), "joiner", joiner.Status,
        [.. joiner.Items.Select(i => new CaseItemView(i.Item.Kind, i.Item.Name, i.Item.Count, i.Fulfilled, !i.Item.IsAwaited))],
        [.. joiner.Items.Where(i => i.Missing > 0).Select(i => new MissingItemView(i.Item.Kind, i.Item.Name, i.Missing))],
        joiner.OpenedAt, joiner.ClosedAt);
}

/// <param name="StartDate">First day of the employment that the case is about.</param>
internal sealed record CasePerson(Guid PersonId, string Name, DateOnly StartDate);

/// <param name="Optional">The case does not wait for it.</param>
internal sealed record CaseItemView(ItemKind Kind, string? Name, int Count, int Fulfilled, bool Optional);

/// <param name="Count">How many are missing.</param>
internal sealed record MissingItemView(ItemKind Kind, string? Name, int Count);
