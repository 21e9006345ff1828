namespace Fleet.Gateway.Domain;

/// <summary>What an account may be called.</summary>
internal static class UserName
{
    /// <summary>Letters, digits and . _ - @, beginning with a letter or digit.</summary>
    public const string Pattern = @"^[\p{L}\p{N}][\p{L}\p{N}._@-]*$";

    /// <summary>The same, and not longer than 100 characters.</summary>
    public static bool IsGood(string name) => name.Length is > 0 and <= 100 && IsOfWord(name[0]) && name.All(c => IsOfWord(c) || c is '.' or '_' or '@' or '-');

    private static bool IsOfWord(char c) => char.IsLetter(c) || char.IsNumber(c);
}
