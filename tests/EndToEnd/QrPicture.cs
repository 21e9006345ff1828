using System.Globalization;
using System.Text.RegularExpressions;
using ZXing.Common;
using ZXing.QrCode.Internal;

namespace Fleet.Tests.EndToEnd;

/// <summary>What a reader of QR codes sees in a picture that a page has drawn, read by somebody else's decoder.</summary>
internal static partial class QrPicture
{
    /// <param name="path">The drawn path; each dark module is a square of it.</param>
    public static string TextOf(string? path)
    {
        var dark = DarkModule().Matches(path!).Select(m => (X: int.Parse(m.Groups["x"].Value, CultureInfo.InvariantCulture) - 4, Y: int.Parse(m.Groups["y"].Value, CultureInfo.InvariantCulture) - 4)).ToList();
        var modules = new BitMatrix(dark.Max(m => m.X) + 1);
        foreach (var (x, y) in dark) modules[x, y] = true;
        return new Decoder().decode(modules, null).Text;
    }

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h1v1h-1z")]
    private static partial Regex DarkModule();
}
