namespace Fleet.Portal.Domain;

/// <summary>A line of a list of devices: an asset tag and a serial number, with a space, tab, comma or semicolon between them.</summary>
/// <param name="Text">As typed.</param>
/// <param name="SerialNumber">Null: there is none, or more than that.</param>
internal sealed record DeviceLine(string Text, string AssetTag, string? SerialNumber)
{
    private static readonly char[] Between = [' ', '\t', ',', ';'];

    /// <summary>The lines of a text, without empty ones and each once.</summary>
    public static IReadOnlyList<DeviceLine> Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Select(line =>
            line.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var tag, var serial] ? new DeviceLine(line, tag, serial) : new DeviceLine(line, "", null))];
}
