using Fleet.Audit.Domain;
using Fleet.Platform.Store;

namespace Fleet.Audit.Features.Log;

/// <summary>The end of the log as stored: a single document.</summary>
internal static class LogHeadDocument
{
    public const string Id = "head";

    public static readonly DocumentType<LogHead> Type = new("logHeads");
}
