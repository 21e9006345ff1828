using Fleet.Platform.Store;
using Fleet.Provisioning.Domain;

namespace Fleet.Provisioning.Features.Custodies;

/// <summary>How custodies are stored: by the ids of their devices.</summary>
internal static class CustodyDocument
{
    public static readonly DocumentType<DeviceCustody> Type = new("custodies");
}
