namespace Fleet.Tests.EndToEnd;

/// <summary>One installation for all tests that do no harm. Each makes its own data, and none counts what others make.</summary>
public sealed class SharedInstallation : IAsyncLifetime
{
    public Installation Fleet { get; private set; } = null!;

    // All tests come from one address, where otherwise a whole county does.
    private static readonly Dictionary<string, string> Settings = new() { ["Fleet__Limits__AnonymousBurst"] = "10000", ["Fleet__Limits__AnonymousPerSecond"] = "1000" };

    public async ValueTask InitializeAsync() => Fleet = await Installation.UpAsync(settings: Settings);

    public async ValueTask DisposeAsync() => await Fleet.DisposeAsync();
}
