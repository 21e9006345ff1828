using System.Text.Json;
using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Platform;
using Fleet.Platform.Security;
using Microsoft.Extensions.Options;

namespace Fleet.Gateway.Security;

/// <summary>
/// Before the door opens for the first time: an administrator and a service account to begin with. Killed anywhere, the next start ends with
/// both usable: what somebody must know (the file, the printed password) is there before the account that accepts it.
/// </summary>
internal sealed class FirstStart(AccountStore accounts, IOptions<FleetOptions> options, TimeProvider time) : IHostedService
{
    public const string ClientFile = "admin-client.json";
    private const string ClientId = "admin-client";
    private const string Administrator = "administrator";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var alone = await StartLock.AcquireAsync(options.Value.Data, cancellationToken);
        if (await accounts.FindDocumentAsync(ClientId, cancellationToken) is null) await AddClientAsync(cancellationToken);
        if (await accounts.FindDocumentAsync(Administrator, cancellationToken) is null) await AddAdministratorAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AddClientAsync(CancellationToken ct)
    {
        var path = Path.Combine(options.Value.Data, ClientFile);
        // A file without its account is what a kill between the two left; its secret becomes good now.
        if (!File.Exists(path)) SecretFile.Write(path, JsonSerializer.Serialize(new Credentials(ClientId, Secrets.ForClient()), FleetJson.Options));
        var client = JsonSerializer.Deserialize<Credentials>(await File.ReadAllTextAsync(path, ct), FleetJson.Options)!;
        await accounts.AddAsync(New(AccountKind.Client, ClientId, "First service account", [Roles.It, Roles.Hr, Roles.Auditor, Roles.Admin], client.ClientSecret), Cause.Due(Events.Service, time.GetUtcNow()), ct);
    }

    private async Task AddAdministratorAsync(CancellationToken ct)
    {
        var password = Secrets.OneTimePassword();
        // The one secret ever printed, and not through the logs. It must be changed when it is first used.
        await Console.Out.WriteLineAsync($"First sign-in: user {Administrator}, one-time password {password}");
        await Console.Out.FlushAsync(ct);
        await accounts.AddAsync(New(AccountKind.Person, Administrator, "Administrator", [Roles.Admin], password) with { HasOneTimePassword = true }, Cause.Due(Events.Service, time.GetUtcNow()), ct);
    }

    private Account New(AccountKind kind, string subject, string name, string[] roles, string secret) => new()
    {
        AccountId = Guid.CreateVersion7(),
        Kind = kind,
        Subject = subject,
        Name = name,
        Roles = roles,
        SecretHash = AccountStore.Hash(secret),
        Stamp = Guid.CreateVersion7(),
        CreatedAt = time.GetUtcNow(),
    };

    private sealed record Credentials(string ClientId, string ClientSecret);
}
