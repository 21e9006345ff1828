using System.Globalization;

namespace Fleet.Tests.Unit.Portal;

/// <summary>The reader's language, until disposed.</summary>
internal sealed class Language : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;
    private readonly CultureInfo _numbersBefore = CultureInfo.CurrentCulture;

    private Language(CultureInfo culture) => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = culture;

    public static Language Of(string culture) => new(CultureInfo.GetCultureInfo(culture));

    public void Dispose() => (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (_before, _numbersBefore);
}
