using Fleet.Platform.Security;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Handovers;

/// <summary>A sheet to sign: what was handed over to whom, in German and English at once, whatever the reader's language.</summary>
internal static class ShowSlip
{
    public static void MapShowSlip(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/handovers/{id:guid}/slip", Handle).WithName(nameof(ShowSlip)).RequireRole(Roles.Staff);

    private static async Task<Results<RazorComponentResult<SlipPage>, ProblemHttpResult>> Handle(Guid id, FleetApi api, CancellationToken ct)
    {
        var handover = await api.GetAsync<Handover>(ShowHandover.Ask(id), ct);
        if (handover.Value is not { } found) return Refusals.Of(handover.Status);
        var person = api.GetAsync<Candidate>($"api/assignment/people/{found.PersonId}", ct);
        // Models and serial numbers are the inventory's; while it is away the sheet has the tags alone.
        var devices = Task.WhenAll(found.Devices.Select(d => DeviceActs.ReadAsync(api, d.DeviceId, ct)));
        await Task.WhenAll(person, devices);
        var lines = found.Devices.Zip(await devices, (handed, known) => new SlipLine(handed.AssetTag, handed.Kind, known.Value is { } d ? $"{d.Manufacturer} {d.Model}" : null, known.Value?.SerialNumber));
        return new RazorComponentResult<SlipPage>(new { Slip = new Slip(found, (await person).Value, [.. lines]) });
    }
}

/// <summary>What the sheet says.</summary>
/// <param name="Receiver">Null: assignment does not answer.</param>
public sealed record Slip(Handover Handover, Candidate? Receiver, IReadOnlyList<SlipLine> Lines);

public sealed record SlipLine(string AssetTag, string Kind, string? Model, string? SerialNumber);
