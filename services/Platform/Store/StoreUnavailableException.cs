namespace Fleet.Platform.Store;

/// <summary>
/// The store cannot read or write at the moment: the disk is full, the file is locked, the server is away or electing. Nothing of the call is known to
/// be stored. Endpoints answer 503 with Retry-After; consumers wait until the store is well again; nothing ends in an error queue because of it.
/// </summary>
/// <param name="reason">One sentence for the operator, without credentials.</param>
public sealed class StoreUnavailableException(string reason, Exception? inner = null) : Exception(reason, inner);
