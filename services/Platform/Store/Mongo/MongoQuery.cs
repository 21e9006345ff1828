using MongoDB.Bson;
using MongoDB.Driver;

namespace Fleet.Platform.Store.Mongo;

/// <summary>Writes a query as a filter and a sort: conditions and order on declared fields, pages by key (never by offset).</summary>
internal static class MongoQuery
{
    // The largest code point: whatever begins with a prefix sorts between the prefix and this behind it.
    private const string Last = "\U0010FFFF";

    private static readonly FilterDefinitionBuilder<Envelope> Filter = Builders<Envelope>.Filter;

    /// <summary>A page of documents does not carry their events and origins over the wire.</summary>
    public static ProjectionDefinition<Envelope> WhatReadersNeed { get; } = Builders<Envelope>.Projection.Include(e => e.Version).Include(e => e.Events).Include(e => e.ToldAt).Include(e => e.Schema).Include(e => e.State);

    /// <summary>Deleted documents that are kept for their events are not there for readers.</summary>
    public static FilterDefinition<Envelope> Exists { get; } = Filter.Gt(e => e.Version, 0);

    /// <summary>Asks for one document more than the limit, so that the caller sees whether there is a next page.</summary>
    public static IFindFluent<Envelope, Envelope> Of<T>(IMongoCollection<Envelope> collection, DocumentType<T> type, Query<T> query) where T : class
    {
        List<FilterDefinition<Envelope>> filters = [Exists, .. query.Where.Select(Of)];
        var order = query.OrderBy is null ? null : MongoSchema.Path(query.OrderBy.Name);
        // Values are strings, and all of them sort behind the empty one. $exists would make the server read the documents without a value as well.
        if (order is not null) filters.Add(Filter.Gte(order, ""));
        if (query.After is { } after) filters.Add(Beyond(after, order, query.Descending));

        // A unique index knows no ties and does not hold the id; asked for the id as well, the server would sort the whole collection in memory.
        var unique = type.IndexShapes.Any(i => i.Unique && i.Fields is [var only] && only == query.OrderBy?.Name);
        string[] sorted = order is null ? ["_id"] : unique ? [order] : [order, "_id"];
        return collection.Find(Filter.And(filters))
            .Sort(new BsonDocument(sorted.Select(path => new BsonElement(path, query.Descending ? -1 : 1))))
            .Limit(query.Limit + 1)
            .Project<Envelope>(WhatReadersNeed);
    }

    /// <summary>Groups by the fields of an index. Nothing else is asked for, so the index, which must be named as the hint, answers it.</summary>
    public static PipelineDefinition<Envelope, BsonDocument> Counts<T>(DocumentIndex<T> index) where T : class => new BsonDocument[]
    {
        new("$group", new BsonDocument
        {
            { "_id", new BsonDocument(index.Fields.Select(f => new BsonElement(f.Name, $"${MongoSchema.Path(f.Name)}"))) },
            { "documents", new BsonDocument("$sum", 1L) },
        }),
    };

    public static Tally TallyIn<T>(BsonDocument group, DocumentIndex<T> index) where T : class =>
        new([.. index.Fields.Select(f => group["_id"].AsBsonDocument.GetValue(f.Name, BsonNull.Value) is BsonString value ? value.Value : null)], group["documents"].ToInt64());

    private static FilterDefinition<Envelope> Of<T>(Condition<T> condition) where T : class
    {
        var path = MongoSchema.Path(condition.Field.Name);
        if (condition is { Field.IsMany: true, Comparison: Comparison.StartsWith, Values: [var begin] })
        {
            // Both bounds must hold for one and the same value of the array.
            return new BsonDocument(path, new BsonDocument("$elemMatch", new BsonDocument { { "$gte", begin }, { "$lt", begin + Last } }));
        }

        return condition.Comparison switch
        {
            Comparison.Equal => Filter.Eq(path, condition.Values[0]),
            Comparison.OneOf => Filter.In(path, condition.Values),
            Comparison.AtLeast => Filter.Gte(path, condition.Values[0]),
            Comparison.AtMost => Filter.Lte(path, condition.Values[0]),
            Comparison.StartsWith => Filter.Gte(path, condition.Values[0]) & Filter.Lt(path, condition.Values[0] + Last),
            Comparison.Present => Filter.Gte(path, ""),
            _ => Filter.Eq(path, BsonNull.Value),
        };
    }

    private static FilterDefinition<Envelope> Beyond(Cursor after, string? order, bool descending)
    {
        var id = descending ? Filter.Lt(e => e.Id, after.Id) : Filter.Gt(e => e.Id, after.Id);
        if (order is null) return id;
        var value = after.SortValue;
        // The first bound holds for both branches and stands alone, so that the server starts reading the index there.
        return descending
            ? Filter.Lte(order, value) & (Filter.Lt(order, value) | (Filter.Eq(order, value) & id))
            : Filter.Gte(order, value) & (Filter.Gt(order, value) | (Filter.Eq(order, value) & id));
    }
}
