namespace Fleet.Audit.Domain;

/// <summary>What an employee can be equipped with.</summary>
internal enum Equipment
{
    Laptop,
    Vpn,
}

/// <summary>
/// Which of the staff somebody asks for. Each figure of coverage is one such selection, and so is each rest: with laptop and VPN are the ready, and
/// without laptop and VPN those who are not, because they lack one or both.
/// </summary>
/// <param name="With">Who has all of these.</param>
/// <param name="Without">Who lacks at least one of these: everybody but those with all of them.</param>
/// <param name="Eligible">Null: both.</param>
internal sealed record Selection(IReadOnlyList<Equipment> With, IReadOnlyList<Equipment> Without, bool? Eligible)
{
    public bool Includes(PersonStatus person) =>
        (Eligible is null || person.Eligible == Eligible) && With.All(e => Has(person, e)) && (Without.Count == 0 || !Without.All(e => Has(person, e)));

    private static bool Has(PersonStatus person, Equipment equipment) => equipment == Equipment.Laptop ? person.WithLaptop : person.WithVpn;
}
