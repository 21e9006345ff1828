using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>What others learn of sessions. Never from where: that would be suited to watch people.</summary>
internal static class SessionEvents
{
    public static PendingEvent Begun(Document<Session> document, Cause cause) => new SignedIn
    {
        Meta = cause.Meta(document.State.SessionId, document.Version + 1, document.Events + 1, cause.RecordedAt, document.ToldAt),
        AccountId = document.State.AccountId,
    }.Pending();

    /// <param name="document">As read; the write will end it.</param>
    /// <param name="reason">signedOut, revoked or accountChanged.</param>
    /// <param name="cause">Who ends it.</param>
    public static PendingEvent Ended(Document<Session> document, string reason, Cause cause) => new SignedOut
    {
        Meta = cause.Meta(document.State.SessionId, document.Version + 1, document.Events + 1, cause.RecordedAt, document.ToldAt),
        AccountId = document.State.AccountId,
        Reason = reason,
    }.Pending();
}
