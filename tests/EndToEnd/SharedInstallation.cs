namespace Fleet.Tests.EndToEnd;

/// <summary>One installation for all tests of a class that do no harm.</summary>
public sealed class SharedInstallation : IAsyncLifetime
{
    public Installation Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Fleet = await Installation.UpAsync();

    public async ValueTask DisposeAsync() => await Fleet.DisposeAsync();
}
