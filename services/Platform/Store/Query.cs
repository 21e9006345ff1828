namespace Fleet.Platform.Store;

/// <summary>A page of documents, found by declared fields and sorted by one of them, then by id (UUIDv7: by creation).</summary>
public sealed record Query<T> where T : class
{
    /// <summary>Most documents a page may hold.</summary>
    public const int MaxLimit = 1000;

    /// <summary>All of these must hold.</summary>
    public IReadOnlyList<Condition<T>> Where { get; init; } = [];

    /// <summary>Null: by id alone. Documents with no value in this field are left out.</summary>
    public Field<T>? OrderBy { get; init; }

    public bool Descending { get; init; }

    /// <summary>1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Where the page before ended; null: from the start.</summary>
    public Cursor? After { get; init; }
}

/// <summary>A page and where the next begins.</summary>
/// <param name="Items">At most as many as the query's limit.</param>
/// <param name="Next">Null: this is the last page.</param>
public sealed record Page<T>(IReadOnlyList<Document<T>> Items, Cursor? Next) where T : class;

/// <summary>So many documents have these values.</summary>
/// <param name="Values">In the order of the index's fields; null: no value.</param>
/// <param name="Documents">At least one.</param>
public sealed record Tally(IReadOnlyList<string?> Values, long Documents);
