using System.Collections;
using System.Globalization;

namespace Fleet.Tests.Contract;

/// <summary>Fills a record with values that follow from the members' names alone, so that a golden file shows every member.</summary>
internal static class Sample
{
    public static object Of(Type type)
    {
        var instance = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(p => p.CanWrite)) property.SetValue(instance, Value(property.PropertyType, property.Name));
        return instance;
    }

    private static object Value(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var seed = name.Sum(c => c);
        return type switch
        {
            _ when type == typeof(string) => $"{name}-{seed}",
            _ when type == typeof(Guid) => new Guid(seed, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1),
            _ when type == typeof(int) => seed,
            _ when type == typeof(long) => (long)seed,
            _ when type == typeof(bool) => true,
            _ when type == typeof(DateOnly) => new DateOnly(2020, 2, 29).AddDays(seed % 28),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.Parse("2020-02-29T10:11:12.1234567Z", CultureInfo.InvariantCulture).AddSeconds(seed),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => List(type.GetGenericArguments()[0], name),
            _ => Of(type),
        };
    }

    private static IList List(Type item, string name)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(Value(item, name));
        return list;
    }
}
