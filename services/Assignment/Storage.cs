using Fleet.Assignment.Features.Cases;
using Fleet.Assignment.Features.Custodies;
using Fleet.Assignment.Features.Handovers;
using Fleet.Assignment.Features.Kits;
using Fleet.Assignment.Features.People;
using Fleet.Assignment.Features.Units;
using Fleet.Platform.Store;

namespace Fleet.Assignment;

/// <summary>What this service stores; each type is declared beside its noun.</summary>
internal static class Storage
{
    public static DocumentType[] Types { get; } =
        [UnitDocument.Type, PersonDocument.Type, KitDocument.Type, CustodyDocument.Type, HandoverDocument.Type, CaseDocument.Type, AccessDocument.Type];
}
