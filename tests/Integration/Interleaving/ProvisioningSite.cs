using System.Text.Json;
using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Store;
using Fleet.Provisioning;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Features.Accesses;
using Fleet.Provisioning.Features.Custodies;
using Fleet.Provisioning.Features.People;
using Fleet.Provisioning.Process;
using VpnGateway = Fleet.Provisioning.Domain.Gateway;

namespace Fleet.Tests.Integration.Interleaving;

/// <summary>Provisioning: its own code over its own store, without its host.</summary>
internal sealed class ProvisioningSite
{
    private static readonly VpnGateway Gateway = new()
    {
        GatewayId = Named.Id("gateway"),
        Name = "Main building",
        Endpoint = "vpn.example.org:51820",
        PublicKey = KeyOf("gateway"),
        Network = "10.20.0.0/24",
        Dns = [],
        AllowedIps = ["10.0.0.0/8"],
    };

    private readonly TimeProvider _time;
    private readonly AddressPool _addresses;
    private readonly Standing _standing;

    public ProvisioningSite(Databases.Shelf shelf, FleetCalendar calendar, TimeProvider time)
    {
        _time = time;
        Site = new Site("provisioning", shelf, new Schema(Documents.SchemaVersion, Documents.Migrations), Documents.All);
        _addresses = new AddressPool(Store, time);
        _standing = new Standing(Store, calendar, time);
        var settlement = new Settlement(Store, _standing, _addresses, new PeerChanges());
        Site.With(new FollowCustody(Store, settlement, time)).With(new FollowPeople(Store, settlement, time));
    }

    public Site Site { get; }

    private IDocumentStore Store => Site.Store;

    /// <summary>There is a gateway before anything happens.</summary>
    public async Task BeginAsync() => (await Store.WriteAsync(Document<VpnGateway>.New(Gateway.GatewayId, Gateway), CancellationToken.None)).IsWritten.ShouldBeTrue();

    /// <summary>Enrols a key for the access that a spell of custody brought about.</summary>
    public async Task<Func<Task>?> RegisterKeyAsync(Guid spellId, string key, DateTimeOffset at)
    {
        if (await Store.FindAsync<Access>(spellId, CancellationToken.None) is not { State.IsLive: true } found) return null;
        var current = await _standing.OfAsync(found.State, CancellationToken.None);
        if (current.Judge(KeyOf(key), at) != KeyVerdict.Accepted) return null;
        return async () =>
        {
            var (lease, gateway) = await _addresses.TakeAsync(spellId, null, CancellationToken.None);
            await WriteAsync(found.With(current.Activate(KeyOf(key), gateway!.GatewayId, Ipv4Network.Parse(gateway.Network).AddressAt(lease!.Offset), at)));
        };
    }

    public async Task<Func<Task>?> RevokeAsync(Guid spellId, string reason, DateTimeOffset at)
    {
        if (await Store.FindAsync<Access>(spellId, CancellationToken.None) is not { } found) return null;
        var (verdict, revoked) = (await _standing.OfAsync(found.State, CancellationToken.None)).Revoke(reason, at);
        if (verdict != RevokeVerdict.Accepted) return null;
        return async () =>
        {
            await WriteAsync(found.With(revoked));
            await _addresses.FreeAsync(spellId, CancellationToken.None);
        };
    }

    /// <summary>Every access as its page shows it, with its timeline, and the addresses.</summary>
    public async IAsyncEnumerable<string> ReadAsync()
    {
        await foreach (var access in Store.AllAsync(new Query<Access>(), CancellationToken.None))
        {
            yield return JsonSerializer.Serialize(await AccessView.OfAsync(access.State, Store, CancellationToken.None), FleetJson.Options);
            yield return JsonSerializer.Serialize(access.State.Spells, FleetJson.Options);
        }

        await foreach (var lease in Store.AllAsync(new Query<Lease>(), CancellationToken.None)) yield return JsonSerializer.Serialize(lease.State, FleetJson.Options);
    }

    private static string KeyOf(string name) => Convert.ToBase64String([.. Named.Id(name).ToByteArray(), .. Named.Id(name).ToByteArray()]);

    private async Task WriteAsync(Document<Access> access)
    {
        var cause = new Cause(new Actor { Subject = "it.weber", Role = "it" }, Named.Id("provisioning"), _time.GetUtcNow());
        (await Store.WriteAsync(access, [cause.Changed(access)], CancellationToken.None)).IsWritten.ShouldBeTrue();
    }
}
