using System.Security.Claims;
using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Features.Accesses;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Features.Cases;
using Fleet.Portal.Features.Coverage;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.Me;
using Fleet.Portal.Features.Operations;
using Fleet.Portal.Features.People;
using Fleet.Portal.Features.Team;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;

namespace Fleet.Portal.Features.Start;

/// <summary>Reads what needs doing today. Each line is a number and leads to the list that it counts; what does not answer is not counted, and says so.</summary>
internal sealed class Today(FleetApi api, Leavers leavers, Own own, CoverageQuestions audit, TypedTime times)
{
    private const int Together = 200;

    private static readonly string[] WhoEquip = [Roles.It, Roles.Hr, Roles.Admin];
    private static readonly string[] WhoCount = [Roles.Auditor, Roles.Hr, Roles.Admin];

    /// <summary>The lines for this caller.</summary>
    public async Task<IReadOnlyList<Work>> ForAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        var today = times.TodaysDay();
        List<Task<Work>> work = [];
        if (user.HasAnyOf(WhoEquip))
        {
            work.Add(CountAsync<Starter>("Late", "/cases#late", ShowStarters.AskLate(today, null, Together), ct));
            work.Add(CountAsync<Starter>("Soon", "/cases", ShowStarters.AskComing("open", today, today.AddDays(FirstDays.Soon)), ct));
            work.Add(LeaversAsync(ct));
        }

        if (user.HasAnyOf(DeviceActs.Roles))
        {
            work.Add(CountAsync<Access>("Keys", "/accesses?state=requested", AskAccesses("requested"), ct));
            work.Add(CountAsync<Device>("Lost", "/devices?status=lost", AskDevices("lost"), ct));
            work.Add(CountAsync<Device>("Stolen", "/devices?status=stolen", AskDevices("stolen"), ct));
            work.Add(CountAsync<Device>("Repair", "/devices?status=inRepair", AskDevices("inRepair"), ct));
        }

        if (user.HasAnyOf(AccountActs.Roles))
        {
            work.Add(ServicesAsync(ct));
            work.Add(FailedAsync(ct));
        }

        if (user.HasAnyOf(ShowTeam.Roles)) work.Add(TeamAsync(ct));
        if (user.HasAnyOf(Own.Roles) && Own.PersonOf(user) is { } person) work.Add(ConfirmAsync(person, ct));
        if (user.HasAnyOf(WhoCount)) work.Add(CoverageAsync(ct));
        return await Task.WhenAll(work);
    }

    public static string AskAccesses(string state) => Links.Of("api/provisioning/accesses", [("state", state), ("limit", $"{Together}")]);

    public static string AskDevices(string status) => Links.Of("api/inventory/devices", [("status", status), ("limit", $"{Together}")]);

    private async Task<Work> CountAsync<T>(string key, string link, string ask, CancellationToken ct)
    {
        var found = (await api.GetAsync<Listed<T>>(ask, ct)).Value;
        return new Work(key, link, found?.Items.Count, found?.Next is not null);
    }

    private async Task<Work> LeaversAsync(CancellationToken ct)
    {
        var found = await leavers.ReadAsync(null, ct);
        var today = times.TodaysDay();
        return new Work("Leavers", "/people/leavers", found.Value is { HasHoldings: true } page ? page.Leavers.Count(l => l.Person.StatusOn(today) == "left" && l.Holds) : null, found.Value?.Next is not null);
    }

    private async Task<Work> ServicesAsync(CancellationToken ct) =>
        new("Services", "/admin", (await api.GetAsync<ServiceStates>(OperationsQuestions.Services, ct)).Value?.Items.Count(s => s.Status != "healthy"), false);

    private async Task<Work> FailedAsync(CancellationToken ct) =>
        new("Failed", "/admin", (int?)(await api.GetAsync<HeldQueues>(OperationsQuestions.ErrorQueues, ct)).Value?.Items.Sum(q => q.Messages), false);

    private async Task<Work> TeamAsync(CancellationToken ct)
    {
        // Asked for everything, a manager is answered for their unit.
        var team = await audit.UnitCoverageAsync(new Selection(times.TodaysDay()), ct);
        return new Work("Team", "/team?show=missing", team.Value?.EligibleNotReady, false);
    }

    private async Task<Work> ConfirmAsync(Guid person, CancellationToken ct)
    {
        var handovers = (await own.HandoversAsync(person, ct)).Value;
        return new Work("Confirm", "/me", handovers is null ? null : Own.ToConfirm(handovers).Count(), false);
    }

    private async Task<Work> CoverageAsync(CancellationToken ct)
    {
        var coverage = await audit.UnitCoverageAsync(new Selection(times.TodaysDay()), ct);
        return new Work("Coverage", "/coverage", coverage.Value?.Ready, false) { Figures = coverage.Value };
    }
}

/// <summary>One line of what needs doing.</summary>
/// <param name="Key">The end of its text's key.</param>
/// <param name="Link">The list that it counts.</param>
/// <param name="Count">Null: it cannot be counted right now.</param>
/// <param name="AreMore">Whether there are more than were counted.</param>
public sealed record Work(string Key, string Link, int? Count, bool AreMore)
{
    /// <summary>The figures of the day, where the line is about them.</summary>
    public DayCoverage? Figures { get; init; }
}
