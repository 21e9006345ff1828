namespace Fleet.Gateway.Features.Sessions;

/// <summary>Somebody who is signed in.</summary>
/// <param name="Id">In paths and events.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="BegunAt">When they signed in.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Current">Whether it is the session that asks.</param>
internal sealed record SessionView(Guid Id, Guid AccountId, DateTimeOffset BegunAt, DateTimeOffset ExpiresAt, bool Current);
