using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Platform;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Features.Accesses;
using Fleet.Provisioning.Features.People;

namespace Fleet.Tests.Unit.Provisioning;

public class MigrationTests
{
    private static readonly DateTimeOffset Monday = new(2020, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_access_of_the_first_schema_becomes_a_timeline_and_follows_the_spell_it_lies_in()
    {
        var (device, person) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var access = AccessDocument.ToTimeline.Change(JsonNode.Parse($$"""
            {"accessId":"{{Guid.CreateVersion7()}}","personId":"{{person}}","deviceId":"{{device}}","state":"active","address":"10.20.0.2","publicKey":"key",
             "requestedAt":"2020-03-02T08:00:00Z","activatedAt":"2020-03-03T08:00:00Z","custodyVersion":2}
            """)!.AsObject()).Deserialize<Access>(FleetJson.Options)!;
        var spell = new CustodySpell(Guid.CreateVersion7(), Monday, Monday.AddDays(9), CustodyState.Held, person, true, 3);
        var custody = new DeviceCustody { DeviceId = device, IsLaptop = true, Version = 3, Spells = [spell] };

        access.Spells.ShouldBe([new(AccessState.Requested, Monday), new(AccessState.Active, Monday.AddDays(1))]);
        (access.IsFinal, access.PublicKey).ShouldBe((false, "key"));
        custody.Bind(access).SpellId.ShouldBe(spell.SpellId);
        custody.Bind(access with { PersonId = Guid.CreateVersion7() }).SpellId.ShouldBeNull();
    }

    [Fact]
    public void What_was_over_stays_over()
    {
        var access = AccessDocument.ToTimeline.Change(JsonNode.Parse($$"""
            {"accessId":"{{Guid.CreateVersion7()}}","personId":"{{Guid.CreateVersion7()}}","state":"revoked","reason":"stolen",
             "requestedAt":"2020-03-02T08:00:00Z","endedAt":"2020-03-03T08:00:00Z"}
            """)!.AsObject()).Deserialize<Access>(FleetJson.Options)!;

        (access.State, access.EndedAt, access.Reason, access.IsFinal).ShouldBe((AccessState.Revoked, Monday.AddDays(1), "stolen", true));
        access.Settled(null, Monday.AddDays(2)).ShouldBeSameAs(access);
    }

    [Fact]
    public void A_person_of_the_first_schema_has_one_employment()
    {
        var person = PersonDocument.ToEmployments.Change(JsonNode.Parse($$"""
            {"personId":"{{Guid.CreateVersion7()}}","name":"Ada Ahrens","userName":"ada","startDate":"2019-12-01","endDate":"2020-03-31","sourceVersion":4}
            """)!.AsObject()).Deserialize<Person>(FleetJson.Options)!;

        person.Employments.ShouldBe([new Employment(new(2019, 12, 1), new(2020, 3, 31))]);
        person.SourceVersion.ShouldBe(4);
    }
}
