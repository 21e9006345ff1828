using Fleet.Platform.Store;
using Fleet.Provisioning.Features.Accesses;
using Fleet.Provisioning.Features.Custodies;
using Fleet.Provisioning.Features.Gateways;
using Fleet.Provisioning.Features.People;
using Fleet.Provisioning.Process;

namespace Fleet.Provisioning;

/// <summary>The documents that this service owns; each is described beside its noun.</summary>
internal static class Documents
{
    public static DocumentType[] All =>
        [GatewayDocument.Type, NetworkPlanDocument.Type, AccessDocument.Type, LeaseDocument.Type, PersonDocument.Type, CustodyDocument.Type];

    /// <summary>2: accesses are timelines, people have several employments.</summary>
    public const int SchemaVersion = 2;

    public static Migration[] Migrations => [AccessDocument.ToTimeline, PersonDocument.ToEmployments];
}
