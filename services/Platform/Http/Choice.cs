using System.Text.Json;

namespace Fleet.Platform.Http;

/// <summary>One of an enum's names in a query string. The framework's own reading minds case and takes any number.</summary>
public static class Choice
{
    /// <summary>The value with this camelCase name, null for no text. Throws <see cref="BadRequestException"/> naming the parameter and what it may be.</summary>
    public static TEnum? Of<TEnum>(string? text, string parameter) where TEnum : struct, Enum
    {
        if (text is null) return null;
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (Word(value).Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        }

        throw new BadRequestException(parameter, $"Must be one of {string.Join(", ", Enum.GetValues<TEnum>().Select(Word))}.");
    }

    private static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
