namespace Fleet.Tests.Integration.Gateway;

/// <summary>A gateway whose people may sign in at an identity provider. Its clock and accounts are those of <see cref="Fleet"/>.</summary>
public sealed class ProviderFixture : IAsyncLifetime
{
    public GatewayFixture Fleet { get; } = new();

    public AProvider Provider { get; private set; } = null!;

    public Uri Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Fleet.InitializeAsync();
        Provider = await AProvider.StartAsync();
        Gateway = await StartGatewayAsync(Provider);
    }

    /// <summary>Another gateway before the same services and store.</summary>
    public Task<Uri> StartGatewayAsync(AProvider provider, params string[] settings) => Fleet.StartGatewayAsync([$"--Fleet:Data={Fleet.Data}", .. provider.Settings(settings)]);

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        if (Provider is not null) await Provider.DisposeAsync();
    }
}
