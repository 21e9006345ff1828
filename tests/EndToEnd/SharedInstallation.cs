namespace Fleet.Tests.EndToEnd;

/// <summary>One installation for all tests that do no harm. Each makes its own data, and none counts what others make.</summary>
public sealed class SharedInstallation : IAsyncLifetime
{
    private Task<Views>? _views;

    public Installation Fleet { get; private set; } = null!;

    /// <summary>Every page of it, with data that is made once.</summary>
    public Task<Views> ViewsAsync() => _views ??= Views.MakeAsync(Fleet);

    public async ValueTask InitializeAsync() => Fleet = await Installation.UpAsync();

    public async ValueTask DisposeAsync() => await Fleet.DisposeAsync();
}
