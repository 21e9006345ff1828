using System.Diagnostics;
using Fleet.WireGuardAgent.Domain;
using Microsoft.Extensions.Options;

namespace Fleet.WireGuardAgent;

/// <summary>The real interface, through the wg program.</summary>
internal sealed class WireGuardInterface(IOptions<AgentOptions> options)
{
    private const int PeersPerCall = 200;

    public async Task<IReadOnlyList<Peer>> ReadAsync(CancellationToken ct) => Peers.ReadDump(await RunAsync(["show", options.Value.Interface, "dump"], ct));

    public async Task ApplyAsync(PeerChange change, CancellationToken ct)
    {
        foreach (var arguments in Peers.SetArguments(change, PeersPerCall)) await RunAsync(["set", options.Value.Interface, .. arguments], ct);
    }

    /// <summary>What wg prints; throws <see cref="WireGuardException"/> with what it complains about.</summary>
    private async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        using var process = new Process { StartInfo = new(options.Value.Wg, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new WireGuardException($"{options.Value.Wg} cannot be started: {error.Message}");
        }

        var output = process.StandardOutput.ReadToEndAsync(ct);
        var complaint = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? await output : throw new WireGuardException($"wg {arguments[0]} ended with {process.ExitCode}: {complaint.Trim()}");
    }
}

/// <summary>The wg program did not do what it was asked to.</summary>
internal sealed class WireGuardException(string message) : Exception(message);
