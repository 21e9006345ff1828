using Fleet.Portal.Domain;
using Fleet.Portal.Parts;

namespace Fleet.Tests.Unit.Portal;

public sealed class DeviceLineTests
{
    [Fact]
    public void A_line_is_a_tag_and_a_serial_number_however_they_are_separated()
    {
        DeviceLine.Read("LT-1 S1\r\nLT-2\tS2\n\n LT-3 ; S3 \nLT-1 S1").Select(l => (l.AssetTag, l.SerialNumber)).ShouldBe([("LT-1", "S1"), ("LT-2", "S2"), ("LT-3", "S3")]);
        DeviceLine.Read("LT-1\nLT-2 S 2").ShouldAllBe(l => l.SerialNumber == null);
    }

    [Fact]
    public void Each_part_of_an_act_has_a_key_of_its_own_and_always_the_same()
    {
        var key = ActKey.New();

        ActKey.Part(key, "LT-1 S1").ShouldBe(ActKey.Part(key, "LT-1 S1"));
        new[] { ActKey.Part(key, "LT-1 S1"), ActKey.Part(key, "LT-2 S2"), ActKey.Part(ActKey.New(), "LT-1 S1"), ActKey.Second(key), key }.ShouldBeUnique();
    }
}
