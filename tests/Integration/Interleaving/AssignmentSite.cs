using System.Text.Json;
using Fleet.Assignment;
using Fleet.Assignment.Domain;
using Fleet.Assignment.Features.Cases;
using Fleet.Assignment.Features.Custodies;
using Fleet.Assignment.Features.People;
using Fleet.Assignment.Features.Units;
using Fleet.Assignment.Process;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Store;
using OfficeUnit = Fleet.Assignment.Domain.Unit;
using UnitPeriod = Fleet.Assignment.Domain.UnitPeriod;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>The assignment service: its own code over its own store, without its host.</summary>
internal sealed class AssignmentSite(Databases.Shelf shelf, FleetCalendar calendar, TimeProvider time)
{
    private static readonly Kit Kit = new(Named.Id("home office"), "Home office", [new KitItem(ItemKind.Laptop, null, 1, false), new KitItem(ItemKind.Vpn, null, 1, false)]);
    private static readonly ActedBy Weber = new("it.weber", "it", null, Named.Id("assignment"));

    public Site Site { get; } = Open(shelf, calendar, time);

    private IDocumentStore Store => Site.Store;

    /// <summary>There is a kit before anything happens.</summary>
    public async Task BeginAsync() => (await Store.WriteAsync(Document<Kit>.New(Kit.KitId, Kit), CancellationToken.None)).IsWritten.ShouldBeTrue();

    public Task<Func<Task>?> CreateUnitAsync(string name, UnitKind kind, string? parent)
    {
        var unit = new OfficeUnit(Named.Id(name), kind, [new UnitPeriod(null, name, parent is null ? null : Named.Id(parent))]);
        var document = Document<OfficeUnit>.New(unit.UnitId, unit);
        var created = new UnitChanged { Meta = Weber.At(time.GetUtcNow()).MetaOfNext(document, time.GetUtcNow()), Unit = unit.ToState() };
        return Task.FromResult<Func<Task>?>(() => WriteAsync(document, created.Pending()));
    }

    public Task<Func<Task>?> HireAsync(string name, string unit, DateOnly from)
    {
        var person = new Person
        {
            PersonId = Named.Id(name),
            PersonnelNumber = name,
            UserName = name,
            GivenName = name,
            FamilyName = "Berger",
            Email = $"{name}@example.org",
            Employments = [new Employment(from, null) { KitId = Kit.KitId, AwaitedSince = calendar.StartOf(from) }],
            Placements = [new Placement(from, Named.Id(unit), true)],
        };
        var document = Document<Person>.New(person.PersonId, person);
        var registered = new PersonRegistered { Meta = Weber.At(time.GetUtcNow()).MetaOfNext(document, calendar.StartOf(from)), Person = person.ToState() };
        return Task.FromResult<Func<Task>?>(() => WriteAsync(document, registered.Pending()));
    }

    public Task<Func<Task>?> MoveAsync(string name, string unit, DateOnly day) => ChangeAsync(name, calendar.StartOf(day), p => p.PlacedFrom(day, Named.Id(unit), null));

    public Task<Func<Task>?> RenameAsync(string name, string familyName, DateTimeOffset at) => ChangeAsync(name, at, p => p with { FamilyName = familyName });

    public async Task<Func<Task>?> LeaveAsync(string name, DateOnly lastDay)
    {
        if (await Store.FindAsync<Person>(Named.Id(name), CancellationToken.None) is not { } found) return null;
        var left = found.State.WithEmployment(found.State.Employment with { EndDate = lastDay });
        var at = LeavePerson.EffectiveAt(left, time.GetUtcNow(), calendar);
        return () => WriteAsync(found.With(left), new PersonLeft { Meta = Weber.At(time.GetUtcNow()).MetaOfNext(found, at), Person = left.ToState() }.Pending());
    }

    /// <summary>Hands a device over; the spell is named after both and the instant.</summary>
    public async Task<Func<Task>?> IssueAsync(string tag, string name, DateTimeOffset at)
    {
        if (await Store.FindAsync<Custody>(Named.Id(tag), CancellationToken.None) is not { } found || found.State.MayIssue(at) != CustodyVerdict.Done) return null;
        var handover = new Handover
        {
            HandoverId = Named.Id($"{tag} to {name} by hand {at:s}"),
            Status = HandoverStatus.Claiming,
            Attempt = 1,
            PersonId = Named.Id(name),
            Devices = [new HandedDevice(found.State.DeviceId, found.State.Device.AssetTag, found.State.Device.Kind, SpellOf(tag, name, at))],
            VpnIncluded = Kit.HoldsVpn,
            EffectiveAt = at,
            By = Weber,
            StartedAt = time.GetUtcNow(),
        };
        return async () =>
        {
            var claims = new Claims(Store, time);
            var intent = Document<Handover>.New(handover.HandoverId, handover);
            await WriteAsync(intent);
            var (refusal, claimed) = await claims.ClaimAsync(found, handover, CancellationToken.None);
            refusal.ShouldBeNull();
            await WriteAsync(intent with { Version = 1, State = handover.Complete() });
            await claims.ConfirmAsync(claimed, handover.Complete(), CancellationToken.None);
        };
    }

    public static Guid SpellOf(string tag, string name, DateTimeOffset at) => Named.Id($"{tag} to {name} {at:s}");

    public Task<Func<Task>?> ReturnAsync(string tag, DateTimeOffset at) => ChangeAsync(tag, "good", c => c.Return(Named.Id($"{tag} back {at:s}"), at));

    public Task<Func<Task>?> ReportLossAsync(string tag, CustodyStatus loss, DateTimeOffset at) => ChangeAsync(tag, null, c => c.ReportLoss(loss, Named.Id($"{tag} gone {at:s}"), at));

    /// <summary>Every device's timeline and every case; a case's id is its own affair.</summary>
    public async IAsyncEnumerable<string> ReadAsync()
    {
        await foreach (var custody in Store.AllAsync(new Query<Custody>(), CancellationToken.None))
        {
            var (device, claim) = (custody.State.Device, custody.State.Claim);
            yield return $"{device.AssetTag} {device.Kind} {device.Model} {device.Status} {claim}";
            yield return JsonSerializer.Serialize(custody.State.ToState(), FleetJson.Options);
        }

        foreach (var joiner in (await Store.QueryAsync(new Query<JoinerCase>(), CancellationToken.None)).Items.OrderBy(c => c.State.PersonId))
        {
            var person = (await Store.FindAsync<Person>(joiner.State.PersonId, CancellationToken.None))!.State;
            yield return JsonSerializer.Serialize(CaseView.Of(joiner.State, person) with { Id = Guid.Empty }, FleetJson.Options);
        }

        await foreach (var access in Store.AllAsync(new Query<KnownAccess>(), CancellationToken.None))
            yield return JsonSerializer.Serialize(access.State with { Version = 0 }, FleetJson.Options);
    }

    private static Site Open(Databases.Shelf shelf, FleetCalendar calendar, TimeProvider time)
    {
        var site = new Site("assignment", shelf, Schema.First, Storage.Types);
        return site.With(new FollowDevices(site.Store, new Claims(site.Store, time), time))
            .With(new AdvanceCase(site.Store, new CaseProgress(site.Store, calendar, time)));
    }

    private async Task<Func<Task>?> ChangeAsync(string name, DateTimeOffset at, Func<Person, Person> change)
    {
        if (await Store.FindAsync<Person>(Named.Id(name), CancellationToken.None) is not { } found) return null;
        var changed = change(found.State);
        return () => WriteAsync(found.With(changed), new PersonChanged { Meta = Weber.At(time.GetUtcNow()).MetaOfNext(found, at), Person = changed.ToState() }.Pending());
    }

    private async Task<Func<Task>?> ChangeAsync(string tag, string? condition, Func<Custody, (CustodyVerdict Verdict, Custody Custody)> change)
    {
        if (await Store.FindAsync<Custody>(Named.Id(tag), CancellationToken.None) is not { } found) return null;
        var (verdict, next) = change(found.State);
        return verdict == CustodyVerdict.Done
            ? () => WriteAsync(found.With(next), [.. CustodyEvents.Changes(found, next, Weber.At(time.GetUtcNow()), condition)])
            : null;
    }

    private async Task WriteAsync<T>(Document<T> document, params PendingEvent[] events) where T : class =>
        (await Store.WriteAsync(document, events, CancellationToken.None)).IsWritten.ShouldBeTrue();
}
