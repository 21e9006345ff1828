namespace Fleet.Portal.Features.Operations;

/// <summary>How the services are, the gateway first.</summary>
public sealed record ServiceStates(IReadOnlyList<ServiceState> Items);

/// <param name="Status">healthy, degraded, unhealthy or away.</param>
/// <param name="Checks">What it needs, and how that is.</param>
public sealed record ServiceState(string Name, string Status, IReadOnlyList<ServiceCheck> Checks);

public sealed record ServiceCheck(string Name, string Status);

/// <summary>The queues that hold what could not be handled.</summary>
public sealed record HeldQueues(IReadOnlyList<HeldCount> Items);

public sealed record HeldCount(string Name, long Messages);

/// <summary>What a queue holds.</summary>
/// <param name="Messages">How many it holds.</param>
/// <param name="Items">The oldest of them.</param>
public sealed record HeldMessages(string Name, long Messages, IReadOnlyList<HeldMessage> Items);

/// <param name="Name">Of the event; null: it is none.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Reason">What went wrong, in the words of the program.</param>
/// <param name="Body">The event as JSON.</param>
public sealed record HeldMessage(string? Name, string? EventId, string At, string Reason, string Body);

public sealed record Replayed(long Moved);

/// <summary>The keys that validate what the gateway signs.</summary>
public sealed record SigningKeys(IReadOnlyList<SigningKey> Keys);

/// <param name="Kid">Its fingerprint (RFC 7638).</param>
public sealed record SigningKey(string Kid, string Alg, string Crv);

/// <summary>Addresses of the gateway's own.</summary>
internal static class OperationsQuestions
{
    public const string Services = "operations/services";
    public const string ErrorQueues = "operations/error-queues";
    public const string Keys = ".well-known/jwks.json";

    public static string ErrorQueue(string name) => $"{ErrorQueues}/{Uri.EscapeDataString(name)}";
}
