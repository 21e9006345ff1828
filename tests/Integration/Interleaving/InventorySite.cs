using System.Text.Json;
using Fleet.Contracts;
using Fleet.Inventory;
using Fleet.Inventory.Domain;
using Fleet.Inventory.Features.Devices;
using Fleet.Inventory.Features.People;
using Fleet.Platform;
using Fleet.Platform.Store;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>The inventory: its own code over its own store, without its host.</summary>
internal sealed class InventorySite(Databases.Shelf shelf, TimeProvider time)
{
    private static readonly Fleet.Inventory.Domain.Actor Weber = new("it.weber", "it");

    public Site Site { get; } = Open(shelf, time);

    private IDocumentStore Store => Site.Store;

    public Task<Func<Task>?> RegisterAsync(string tag, DateTimeOffset at)
    {
        var description = new Description(tag, $"PF-{tag}", DeviceKind.Laptop, "Lenovo", "ThinkPad T14");
        var device = Device.Register(Named.Id(tag), description, Named.Id($"{tag} registered"), DeviceStatus.InStock, at, Weber, time.GetUtcNow());
        var registered = DeviceEvents.Registered(device, Said());
        return Task.FromResult<Func<Task>?>(() => WriteAsync(Document<Device>.New(device.Id, device), registered));
    }

    public async Task<Func<Task>?> DescribeAsync(string tag, string location)
    {
        if (await Store.FindAsync<Device>(Named.Id(tag), CancellationToken.None) is not { } found) return null;
        var (verdict, next) = found.State.Describe(found.State.Description with { Location = location });
        return verdict == Verdict.Done ? () => WriteAsync(found.With(next), DeviceEvents.Changed(found, next, Said())) : null;
    }

    public async Task<Func<Task>?> SetStatusAsync(string tag, DeviceStatus status, DateTimeOffset at)
    {
        if (await Store.FindAsync<Device>(Named.Id(tag), CancellationToken.None) is not { } found) return null;
        var (verdict, next) = found.State.SetStatus(Named.Id($"{tag} {status} {at:s}"), status, at, null, Weber, time.GetUtcNow());
        return verdict == Verdict.Done ? () => WriteAsync(found.With(next), DeviceEvents.Decided(found, next, Said())) : null;
    }

    /// <summary>Every device as its page and its history show it.</summary>
    public async IAsyncEnumerable<string> ReadAsync()
    {
        await foreach (var device in Store.AllAsync(new Query<Device>(), CancellationToken.None))
        {
            var history = device.State.History();
            var names = await PeopleNames.OfAsync(Store, history.Select(c => c.HolderId), CancellationToken.None);
            yield return JsonSerializer.Serialize(DeviceView.Of(device.State, names), FleetJson.Options);
            foreach (var change in history) yield return JsonSerializer.Serialize(GetDeviceHistory.Line.Of(change, names), FleetJson.Options);
        }
    }

    private static Site Open(Databases.Shelf shelf, TimeProvider time)
    {
        var site = new Site("inventory", shelf, Schema.First, DeviceDocument.Type, PersonDocument.Type);
        return site.With(new FollowCustody(site.Store, time)).With(new FollowPeople(site.Store));
    }

    private Cause Said() => new(new Contracts.Actor { Subject = Weber.Subject, Role = Weber.Role }, Named.Id("inventory"), time.GetUtcNow());

    private async Task WriteAsync(Document<Device> device, IFleetEvent fact) =>
        (await Store.WriteAsync(device, [fact.Pending()], CancellationToken.None)).IsWritten.ShouldBeTrue();
}
