using Fleet.Provisioning.Domain;

namespace Fleet.Tests.Unit.Provisioning;

public class WireGuardKeyTests
{
    private static readonly string Key = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    [Fact]
    public void A_key_of_32_bytes_in_base64_is_valid() => WireGuardKey.IsValid(Key).ShouldBeTrue();

    [Fact]
    public void Other_lengths_are_refused()
    {
        WireGuardKey.IsValid(null).ShouldBeFalse();
        WireGuardKey.IsValid("").ShouldBeFalse();
        WireGuardKey.IsValid(Convert.ToBase64String(new byte[31])).ShouldBeFalse();
        WireGuardKey.IsValid(Convert.ToBase64String(new byte[33])).ShouldBeFalse();
    }

    [Fact]
    public void One_key_has_one_spelling()
    {
        // The last digit before the padding holds two unused bits; "B" and "A" would decode to the same bytes.
        var other = Key[..42] + (char)(Key[42] + 1) + "=";
        Convert.FromBase64String(other).ShouldBe(Convert.FromBase64String(Key));

        WireGuardKey.IsValid(other).ShouldBeFalse();
        WireGuardKey.IsValid(Key[..20] + "\n" + Key[21..]).ShouldBeFalse();
        WireGuardKey.IsValid(Key.Replace('=', ' ')).ShouldBeFalse();
    }

    [Fact]
    public void The_zero_key_means_no_key_and_is_refused() => WireGuardKey.IsValid(Convert.ToBase64String(new byte[32])).ShouldBeFalse();
}
