namespace Fleet.Inventory.Domain;

/// <summary>What a person is called: a copy, and the only place here that knows it.</summary>
internal sealed record Person
{
    public required Guid PersonId { get; init; }

    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required string UserName { get; init; }

    /// <summary>The person's version that this was copied from; the newest wins.</summary>
    public required long SourceVersion { get; init; }
}
