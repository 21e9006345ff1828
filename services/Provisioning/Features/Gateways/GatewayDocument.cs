using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.Gateways;

/// <summary>How gateways are stored and found.</summary>
internal static class GatewayDocument
{
    public static readonly Field<Gateway> Name = new("name", g => Key.Folded(g.Name));

    /// <summary>The words of its name.</summary>
    public static readonly Field<Gateway> Words = Field<Gateway>.Many("words", g => Key.Words(g.Name));

    /// <summary>Two gateways with one key would be one to their peers.</summary>
    public static readonly Field<Gateway> PublicKey = new("publicKey", g => g.PublicKey);

    public static readonly DocumentIndex<Gateway> OneKeyEach = DocumentIndex<Gateway>.OneEach(PublicKey);

    public static readonly DocumentType<Gateway> Type = new("gateways", DocumentIndex<Gateway>.OneEach(Name), DocumentIndex<Gateway>.On(Words), OneKeyEach);
}

/// <summary>How the plan of networks is stored: as the one document of its type.</summary>
internal static class NetworkPlanDocument
{
    public static readonly DocumentType<NetworkPlan> Type = new("networkPlans");
}
