namespace Fleet.Tests.EndToEnd;

/// <summary>One installation for all tests that do no harm. Each makes its own data, and none counts what others make.</summary>
public sealed class SharedInstallation : IAsyncLifetime
{
    // All tests come from one address, where otherwise a whole county does.
    private static readonly Dictionary<string, string> Settings = new() { ["Fleet__Limits__AnonymousBurst"] = "10000", ["Fleet__Limits__AnonymousPerSecond"] = "1000" };

    private Task<Views>? _views;

    public Installation Fleet { get; private set; } = null!;

    /// <summary>Every page of it, with data that is made once.</summary>
    public Task<Views> ViewsAsync() => _views ??= Views.MakeAsync(Fleet);

    public async ValueTask InitializeAsync() => Fleet = await Installation.UpAsync(settings: Settings);

    public async ValueTask DisposeAsync() => await Fleet.DisposeAsync();
}
