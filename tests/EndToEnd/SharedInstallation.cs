namespace Fleet.Tests.EndToEnd;

/// <summary>One installation for all tests that do no harm. Each makes its own data, and none counts what others make.</summary>
public sealed class SharedInstallation : IAsyncLifetime
{
    public Installation Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Fleet = await Installation.UpAsync();

    public async ValueTask DisposeAsync() => await Fleet.DisposeAsync();
}
