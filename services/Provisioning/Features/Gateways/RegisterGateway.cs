using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;
using Fleet.Provisioning.Features.Accesses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Provisioning.Features.Gateways;

/// <summary>Registers a VPN gateway with the network its peers get their addresses from.</summary>
internal static class RegisterGateway
{
    public static void MapRegisterGateway(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/gateways", Handle).WithName(nameof(RegisterGateway)).RequireRole(Roles.It, Roles.Admin).Idempotent<Gateway>();

    private static async Task<Results<CreatedResource<GatewayView>, ProblemHttpResult>> Handle(
        Body<Request> body, Caller caller, RequestOrigin origin, IDocumentStore store, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        if (!WireGuardKey.IsValid(request.PublicKey)) return WireGuardKeyProblem.Of();

        if (await store.FindByAsync(AccessDocument.LiveKey.Is(request.PublicKey!), ct) is not null) return KeyInUse("A VPN access");

        while (true)
        {
            var now = time.GetUtcNow();
            var (claim, inTheWay) = await ClaimAsync(new NetworkClaim(Guid.CreateVersion7(), Key.Folded(request.Name!), request.Network!, now), store, now, ct);
            if (inTheWay is not null) return inTheWay;
            if (claim is null) continue;

            var gateway = Document<Gateway>.New(claim.GatewayId, new Gateway
            {
                GatewayId = claim.GatewayId,
                Name = request.Name!.Trim(),
                Endpoint = request.Endpoint!,
                PublicKey = request.PublicKey!,
                Network = request.Network!,
                Dns = request.Dns ?? [],
                AllowedIps = request.AllowedIps is { Count: > 0 } given ? given : [request.Network!],
            });
            var answer = new CreatedResource<GatewayView>($"/api/provisioning/gateways/{claim.GatewayId}", GatewayView.Of(gateway));
            var result = await store.WriteAsync(gateway, [caller.Acting(now).Changed(gateway)], origin.For(answer), ct);
            if (result.IsWritten) return answer;
            if (result.Outcome == WriteOutcome.DuplicateKey)
                return result.Index == GatewayDocument.OneKeyEach.Name ? KeyInUse("Another gateway") : Problems.Conflict("gateway-name-taken", "Another gateway has this name.");
        }
    }

    /// <summary>The claim as it stands in the plan now; a problem when another gateway has the name or part of the network; neither: try again.</summary>
    private static async Task<(NetworkClaim? Claim, ProblemHttpResult? Problem)> ClaimAsync(
        NetworkClaim claim, IDocumentStore store, DateTimeOffset now, CancellationToken ct)
    {
        var plan = await store.FindAsync<NetworkPlan>(NetworkPlan.Id, ct) ?? new Document<NetworkPlan>(NetworkPlan.Id, 0, new NetworkPlan());
        foreach (var other in plan.State.Against(claim).ToList())
        {
            if (await store.FindAsync<Gateway>(other.GatewayId, ct) is { } gateway) return (null, Taken(gateway.State, claim));
            // Nobody wrote that gateway (yet): the same request goes on with it, another one waits until it is clear that nobody will.
            if (other.IsSameAs(claim)) return (other, null);
            if (!other.IsAbandoned(now)) return (null, Problems.Conflict("request-in-progress", "Another gateway with this name or network is being registered."));
        }

        return ((await store.WriteAsync(plan.With(plan.State.With(claim)), ct)).IsWritten ? claim : null, null);
    }

    private static ProblemHttpResult KeyInUse(string by) => Problems.Conflict("public-key-in-use", $"{by} has this public key. Make a new pair of keys.");

    private static ProblemHttpResult Taken(Gateway other, NetworkClaim claim) => Key.Folded(other.Name) == claim.NameKey
        ? Problems.Conflict("gateway-name-taken", "Another gateway has this name.", ("gateway", new { id = other.GatewayId, name = other.Name }))
        : Problems.Conflict("network-overlaps", $"The gateway {other.Name} has addresses of this network ({other.Network}).",
            ("gateway", new { id = other.GatewayId, name = other.Name, network = other.Network }));

    /// <param name="Name">Unique.</param>
    /// <param name="Endpoint">host:port that peers connect to.</param>
    /// <param name="PublicKey">32 bytes in base64.</param>
    /// <param name="Network">IPv4 network in CIDR form, /8 to /30; overlaps no other gateway's.</param>
    /// <param name="Dns">Addresses of name servers, or search domains, for the peers.</param>
    /// <param name="AllowedIps">What peers route through the tunnel; by default the network.</param>
    internal sealed record Request(
        [property: Required, StringLength(100)] string? Name,
        [property: Required, StringLength(260), Endpoint] string? Endpoint,
        [property: Required, StringLength(100)] string? PublicKey,
        [property: Required, StringLength(18), Network] string? Network,
        [property: MaxLength(8), EachNameServer] IReadOnlyList<string>? Dns,
        [property: MaxLength(64), EachNetwork] IReadOnlyList<string>? AllowedIps);

    // These texts end up in the peers' configuration files: nothing passes that could begin a line of its own there.

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class EndpointAttribute() : ValidationAttribute("Must be host:port, such as vpn.example.org:51820 or [2001:db8::1]:51820.")
    {
        public override bool IsValid(object? value)
        {
            if (value is not string text) return true;
            var colon = text.LastIndexOf(':');
            return colon > 0 && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
                && (text[0] == '[' && text[colon - 1] == ']'
                    ? IPAddress.TryParse(text[1..(colon - 1)], out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6
                    : IsHost(text[..colon]) && !text[..colon].Contains(':', StringComparison.Ordinal));
        }
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class NetworkAttribute() : ValidationAttribute("Must be an IPv4 network of /8 to /30 without host bits, such as 10.20.0.0/22.")
    {
        public override bool IsValid(object? value) => value is not string text || Ipv4Network.TryParse(text, out _);
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class EachNameServerAttribute() : ValidationAttribute("Must be the address of a name server, or a search domain."), IRuleOfEachItem
    {
        public override bool IsValid(object? value) => value is not string text || IsHost(text);
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class EachNetworkAttribute() : ValidationAttribute("Must be a network in CIDR form without host bits, such as 10.0.0.0/8."), IRuleOfEachItem
    {
        public override bool IsValid(object? value) => value is not string text || (IPNetwork.TryParse(text, out var network) && network.ToString() == text);
    }

    private static bool IsHost(string text) => text.Length <= 253 && Ascii.IsValid(text) && Uri.CheckHostName(text) is not (UriHostNameType.Unknown or UriHostNameType.Basic);
}
