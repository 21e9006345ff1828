using System.Globalization;

namespace Fleet.Platform.Store;

/// <summary>Writes values as strings that sort ordinally as the values do, for declared fields.</summary>
public static class Key
{
    public static string Of(Guid value) => value.ToString();

    public static string Of(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Nineteen digits; negative numbers are refused, they would sort wrongly.</summary>
    public static string Of(long value) => value >= 0
        ? value.ToString("D19", CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Sortable keys are not negative.");

    /// <summary>Text compared without case: trimmed, composed (NFC), lower case.</summary>
    public static string Folded(string value) => value.Trim().Normalize().ToLowerInvariant();
}
