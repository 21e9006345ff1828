namespace Fleet.Platform.Store;

/// <summary>A declared field of a document, by which it can be found and sorted. Values are strings that sort ordinally; null: not indexed.</summary>
/// <param name="Name">camelCase; names the column or element in the store.</param>
/// <param name="Value">Reads the value off a state. Use <see cref="Key"/> to write anything but text.</param>
public sealed record Field<T>(string Name, Func<T, string?> Value) where T : class
{
    /// <summary>Reads the values of a field that holds several; null for a field of one.</summary>
    public Func<T, IEnumerable<string>>? Values { get; private init; }

    /// <summary>Whether a document may hold several values in it.</summary>
    public bool IsMany => Values is not null;

    /// <summary>
    /// A field of several values (the words of a name): a document is found by each of them, with <see cref="Is(string)"/>, <see cref="IsOneOf"/> and
    /// <see cref="StartsWith"/>. It is declared with an index of its own and nothing is sorted by it.
    /// </summary>
    public static Field<T> Many(string name, Func<T, IEnumerable<string>> values) => new(name, _ => null) { Values = values };

    public Condition<T> Is(string value) => new(this, Comparison.Equal, [value]);

    public Condition<T> Is(Guid value) => Is(Key.Of(value));

    public Condition<T> IsOneOf(params IReadOnlyList<string> values) => new(this, Comparison.OneOf, values);

    public Condition<T> AtLeast(string value) => new(this, Comparison.AtLeast, [value]);

    public Condition<T> AtMost(string value) => new(this, Comparison.AtMost, [value]);

    /// <summary>The value, or one of several, begins so; compared ordinally, so both sides are folded before. The empty prefix begins every value.</summary>
    public Condition<T> StartsWith(string prefix) => new(this, Comparison.StartsWith, [prefix]);

    /// <summary>The document has a value in this field.</summary>
    public Condition<T> IsPresent() => new(this, Comparison.Present, []);

    /// <summary>The document has no value in this field. Needs an index that is not unique: one that is holds no such document.</summary>
    public Condition<T> IsAbsent() => new(this, Comparison.Absent, []);
}

/// <summary>How a condition compares.</summary>
public enum Comparison
{
    Equal,
    OneOf,
    AtLeast,
    AtMost,
    StartsWith,
    Present,
    Absent,
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

    /// <summary>All declared fields of one value, each once.</summary>
    public abstract IReadOnlyList<string> FieldNames { get; }

    /// <summary>All declared fields of several values, each once.</summary>
    public abstract IReadOnlyList<string> ManyNames { get; }

    /// <summary>The values of all declared fields of a state, in the order of <see cref="FieldNames"/>.</summary>
    public abstract IReadOnlyList<string?> FieldValues(object state);

    /// <summary>The values of all fields of several values, in the order of <see cref="ManyNames"/>; each value once.</summary>
    public abstract IReadOnlyList<IReadOnlyList<string>> ManyValues(object state);

    /// <summary>All declared indexes over fields of one value: name, whether unique, names of the fields.</summary>
    public abstract IReadOnlyList<(string Name, bool Unique, IReadOnlyList<string> Fields)> IndexShapes { get; }
}

/// <summary>One kind of document: its name in the store and the indexes by which it is found.</summary>
public sealed record DocumentType<T> : DocumentType where T : class
{
    /// <param name="name">camelCase plural; names the table or collection.</param>
    /// <param name="indexes">Every query needs one that starts with a field it compares or sorts by. Throws <see cref="ArgumentException"/> for an index that no store can keep.</param>
    public DocumentType(string name, params IReadOnlyList<DocumentIndex<T>> indexes) : base(name)
    {
        if (indexes.FirstOrDefault(i => i.Fields.Any(f => f.IsMany) && (i.Unique || i.Fields.Count > 1)) is { } impossible)
            throw new ArgumentException($"{name}: a field of several values has an index of its own that is not unique; {impossible.Name} is not.", nameof(indexes));
        Indexes = indexes;
        Fields = [.. indexes.SelectMany(i => i.Fields).DistinctBy(f => f.Name)];
        FieldNames = [.. Fields.Where(f => !f.IsMany).Select(f => f.Name)];
        ManyNames = [.. Fields.Where(f => f.IsMany).Select(f => f.Name)];
        IndexShapes = [.. indexes.Where(i => !i.Fields[0].IsMany).Select(i => (i.Name, i.Unique, (IReadOnlyList<string>)[.. i.Fields.Select(f => f.Name)]))];
    }

    public IReadOnlyList<DocumentIndex<T>> Indexes { get; }

    /// <summary>All declared fields, each once.</summary>
    public IReadOnlyList<Field<T>> Fields { get; }

    public override Type StateType => typeof(T);

    public override IReadOnlyList<string> FieldNames { get; }

    public override IReadOnlyList<string> ManyNames { get; }

    public override IReadOnlyList<(string Name, bool Unique, IReadOnlyList<string> Fields)> IndexShapes { get; }

    public override IReadOnlyList<string?> FieldValues(object state) => [.. Fields.Where(f => !f.IsMany).Select(f => f.Value((T)state))];

    public override IReadOnlyList<IReadOnlyList<string>> ManyValues(object state) =>
        [.. Fields.Where(f => f.IsMany).Select(f => (IReadOnlyList<string>)[.. f.Values!((T)state).Distinct()])];

    /// <summary>Throws <see cref="ArgumentException"/> when the query would read the whole collection: no index begins with what it compares or sorts by.</summary>
    public void RequireIndexFor(Query<T> query)
    {
        if (query.Limit is < 1 or > Query<T>.MaxLimit) throw new ArgumentException($"A page holds 1 to {Query<T>.MaxLimit} documents.", nameof(query));
        if (WhyNotServed(query.Where, query.OrderBy) is { } reason) throw new ArgumentException(reason, nameof(query));
    }

    /// <summary>Throws <see cref="ArgumentException"/> when the index does not hold each document once.</summary>
    public void RequireCountable(DocumentIndex<T> index)
    {
        if (!Indexes.Contains(index) || index.Unique || index.Fields.Any(f => f.IsMany))
            throw new ArgumentException($"{Name} has no index {index.Name} that holds each document once.", nameof(index));
    }

    /// <summary>Whether an index serves queries of this shape; the conditions' values do not matter. For checks at the start.</summary>
    public bool CanServe(IReadOnlyList<Condition<T>> where, Field<T>? orderBy) => WhyNotServed(where, orderBy) is null;

    /// <summary>Why no index serves queries of this shape, in a sentence; null when one does.</summary>
    public string? WhyNotServed(IReadOnlyList<Condition<T>> where, Field<T>? orderBy)
    {
        var asked = where.Select(c => c.Field.Name).ToHashSet();
        if (orderBy is not null) asked.Add(orderBy.Name);
        if (asked.FirstOrDefault(a => Fields.All(f => f.Name != a)) is { } unknown) return $"{Name} declares no field {unknown}.";
        if (orderBy is { IsMany: true }) return $"{Name} cannot be sorted by {orderBy.Name}, which holds several values.";
        if (where.FirstOrDefault(c => c.Field.IsMany && c.Comparison is not (Comparison.Equal or Comparison.OneOf or Comparison.StartsWith)) is { } many)
            return $"{Name} cannot be searched by {many.Comparison} of {many.Field.Name}, which holds several values.";
        if (asked.Count == 0) return null;
        var absent = where.Where(c => c.Comparison == Comparison.Absent).Select(c => c.Field.Name).ToHashSet();
        return Indexes.Any(i => asked.Contains(i.Fields[0].Name) && !(i.Unique && absent.Contains(i.Fields[0].Name)))
            ? null
            : $"{Name} has no index for {string.Join(", ", asked)}.";
    }
}
