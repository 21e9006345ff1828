namespace Fleet.Demo;

/// <summary>The invented county's departments and offices, and how far each office was at the end of February and on 8 May 2020.</summary>
internal static class Organisation
{
    public const string County = "Landkreis Eichenhain";

    /// <summary>Reserved for examples (RFC 2606): no mail can ever arrive.</summary>
    public const string MailDomain = "eichenhain.example";

    public static IReadOnlyList<Department> Departments { get; } =
    [
        new("Dezernat 1 – Zentrale Dienste und Finanzen",
        [
            new("Haupt- und Personalamt", Staff: 65, Field: 4, ReadyInFebruary: 30, ReadyInMay: 44),
            new("Amt für Informationstechnik", 45, 0, 41, 44),
            new("Kämmerei", 48, 0, 21, 31),
            new("Kreiskasse", 32, 1, 7, 15),
            new("Rechnungsprüfungsamt", 16, 0, 12, 14),
            new("Stabsstelle Digitalisierung", 9, 0, 9, 9),
        ]),
        new("Dezernat 2 – Ordnung und Sicherheit",
        [
            new("Ordnungsamt", 62, 16, 12, 24),
            new("Straßenverkehrsamt", 78, 20, 9, 19),
            new("Ausländerbehörde", 46, 2, 8, 17),
            new("Amt für Brand- und Katastrophenschutz", 54, 26, 20, 24),
            new("Veterinär- und Lebensmittelüberwachungsamt", 47, 12, 18, 23),
        ]),
        new("Dezernat 3 – Jugend, Soziales und Gesundheit",
        [
            new("Jugendamt", 168, 10, 61, 92),
            new("Sozialamt", 122, 4, 30, 54),
            new("Jobcenter", 120, 2, 31, 52),
            new("Gesundheitsamt", 76, 14, 19, 37),
            new("Stabsstelle Integration", 11, 0, 6, 9),
        ]),
        new("Dezernat 4 – Bauen und Umwelt",
        [
            new("Bauordnungsamt", 58, 3, 25, 38),
            new("Umweltamt", 64, 6, 28, 40),
            new("Amt für Kreisstraßen", 72, 48, 11, 14),
            new("Vermessungs- und Katasteramt", 55, 8, 26, 35),
            new("Amt für Landwirtschaft und Forst", 38, 8, 15, 20),
        ]),
        new("Dezernat 5 – Bildung und Kreisentwicklung",
        [
            new("Schulverwaltungsamt", 54, 22, 8, 14),
            new("Kreisvolkshochschule", 24, 2, 5, 9),
            new("Kreisarchiv", 13, 1, 2, 4),
            new("Amt für Kreisentwicklung", 23, 0, 13, 18),
        ]),
    ];

    public static IReadOnlyList<Office> Offices { get; } = [.. Departments.SelectMany(d => d.Offices)];
}

internal sealed record Department(string Name, IReadOnlyList<Office> Offices);

/// <summary>An office.</summary>
/// <param name="Name">As the public knows it.</param>
/// <param name="Staff">Everybody.</param>
/// <param name="Field">Those whose work cannot be done at home: road crews, caretakers, counters.</param>
/// <param name="ReadyInFebruary">Ready to work from home at the end of 2020-02-29.</param>
/// <param name="ReadyInMay">Ready to work from home at the end of 2020-05-08.</param>
internal sealed record Office(string Name, int Staff, int Field, int ReadyInFebruary, int ReadyInMay);
