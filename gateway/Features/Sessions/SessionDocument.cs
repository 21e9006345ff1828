using Fleet.Gateway.Domain;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Sessions;

/// <summary>How sessions are stored, and how they are found: those of an account that have not ended, and those whose time is over.</summary>
internal static class SessionDocument
{
    public static readonly Field<Session> LiveOf = new("liveOf", s => s.EndedAt is null ? Key.Of(s.AccountId) : null);
    public static readonly Field<Session> ExpiresAt = new("expiresAt", s => Key.Of(s.ExpiresAt));

    public static readonly DocumentType<Session> Type = new("sessions", DocumentIndex<Session>.On(LiveOf, ExpiresAt), DocumentIndex<Session>.On(ExpiresAt));
}
