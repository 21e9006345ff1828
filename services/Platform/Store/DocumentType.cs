namespace Fleet.Platform.Store;

/// <summary>A declared field of a document, by which it can be found and sorted. Values are strings that sort ordinally; null: not indexed.</summary>
/// <param name="Name">camelCase; names the column or element in the store.</param>
/// <param name="Value">Reads the value off a state. Use <see cref="Key"/> to write anything but text.</param>
public sealed record Field<T>(string Name, Func<T, string?> Value) where T : class
{
    public Condition<T> Is(string value) => new(this, Comparison.Equal, [value]);

    public Condition<T> Is(Guid value) => Is(Key.Of(value));

    public Condition<T> IsOneOf(params IReadOnlyList<string> values) => new(this, Comparison.OneOf, values);

    public Condition<T> AtLeast(string value) => new(this, Comparison.AtLeast, [value]);

    public Condition<T> AtMost(string value) => new(this, Comparison.AtMost, [value]);
}

/// <summary>How a condition compares.</summary>
public enum Comparison
{
    Equal,
    OneOf,
    AtLeast,
    AtMost,
}

/// <summary>What a field's value must be.</summary>
public sealed record Condition<T>(Field<T> Field, Comparison Comparison, IReadOnlyList<string> Values) where T : class;

/// <summary>An index over declared fields, in this order. A document with a null in any of them is not in a unique index.</summary>
public sealed record DocumentIndex<T>(string Name, bool Unique, IReadOnlyList<Field<T>> Fields) where T : class
{
    /// <summary>No two documents may have the same values.</summary>
    public static DocumentIndex<T> OneEach(params IReadOnlyList<Field<T>> fields) => new(NameOf(fields), true, fields);

    /// <summary>Documents are found or sorted by these.</summary>
    public static DocumentIndex<T> On(params IReadOnlyList<Field<T>> fields) => new(NameOf(fields), false, fields);

    private static string NameOf(IReadOnlyList<Field<T>> fields) => string.Join('_', fields.Select(f => f.Name));
}

/// <summary>A document type without its state's type, for the store's own bookkeeping.</summary>
public abstract record DocumentType(string Name)
{
    /// <summary>The type of the state.</summary>
    public abstract Type StateType { get; }

    /// <summary>All declared fields, each once.</summary>
    public abstract IReadOnlyList<string> FieldNames { get; }

    /// <summary>The values of all declared fields of a state, in the order of <see cref="FieldNames"/>.</summary>
    public abstract IReadOnlyList<string?> FieldValues(object state);

    /// <summary>All declared indexes: name, whether unique, names of the fields.</summary>
    public abstract IReadOnlyList<(string Name, bool Unique, IReadOnlyList<string> Fields)> IndexShapes { get; }
}

/// <summary>One kind of document: its name in the store and the indexes by which it is found.</summary>
/// <param name="Name">camelCase plural; names the table or collection.</param>
/// <param name="Indexes">Every query needs one that starts with the fields it compares and ends with the one it sorts by.</param>
public sealed record DocumentType<T>(string Name, params IReadOnlyList<DocumentIndex<T>> Indexes) : DocumentType(Name) where T : class
{
    /// <summary>All declared fields, each once.</summary>
    public IReadOnlyList<Field<T>> Fields { get; } = [.. Indexes.SelectMany(i => i.Fields).DistinctBy(f => f.Name)];

    /// <summary>Throws <see cref="ArgumentException"/> when the query would read the whole collection: no index begins with what it compares or sorts by.</summary>
    public void RequireIndexFor(Query<T> query)
    {
        if (query.Limit is < 1 or > Query<T>.MaxLimit) throw new ArgumentException($"A page holds 1 to {Query<T>.MaxLimit} documents.", nameof(query));
        var asked = query.Where.Select(c => c.Field.Name).ToHashSet();
        if (query.OrderBy is not null) asked.Add(query.OrderBy.Name);
        if (asked.Except(FieldNames).FirstOrDefault() is { } unknown) throw new ArgumentException($"{Name} declares no field {unknown}.", nameof(query));
        if (asked.Count > 0 && !Indexes.Any(i => asked.Contains(i.Fields[0].Name)))
            throw new ArgumentException($"{Name} has no index for {string.Join(", ", asked)}.", nameof(query));
    }

    public override Type StateType => typeof(T);

    public override IReadOnlyList<string> FieldNames { get; } = [.. Indexes.SelectMany(i => i.Fields).Select(f => f.Name).Distinct()];

    public override IReadOnlyList<string?> FieldValues(object state) => [.. Fields.Select(f => f.Value((T)state))];

    public override IReadOnlyList<(string Name, bool Unique, IReadOnlyList<string> Fields)> IndexShapes =>
        [.. Indexes.Select(i => (i.Name, i.Unique, (IReadOnlyList<string>)[.. i.Fields.Select(f => f.Name)]))];
}
