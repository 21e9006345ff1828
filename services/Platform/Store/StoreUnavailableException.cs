namespace Fleet.Platform.Store;

/// <summary>
/// The store cannot read or write at the moment: the disk is full, the file is locked, the server is away or electing. What a write that fails so has
/// done is not known: it may be stored. Endpoints answer 503 with Retry-After; consumers wait until the store is well again; nothing ends in an error
/// queue because of it. Whoever repeats the act reads first: a consumer finds the version it has applied, a request its origin.
/// </summary>
/// <param name="reason">One sentence for the operator, without credentials.</param>
public class StoreUnavailableException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>
/// What the store holds is damaged. Waiting does not mend it, the operator must; until then nothing may be lost, so it is treated like a store that is
/// away.
/// </summary>
public sealed class StoreDamagedException(string reason, Exception? inner = null) : StoreUnavailableException(reason, inner);
