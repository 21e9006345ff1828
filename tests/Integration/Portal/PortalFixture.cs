using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fleet.Tests.Integration.Portal;

/// <summary>The portal alone. Where the audit service stands there is a small county that answers by counting its own people.</summary>
public sealed class PortalFixture() : ServiceFixture("portal", "services/Portal"), IAsyncLifetime
{
    /// <summary>What the county knows; each answer says so, and later questions must come back with it.</summary>
    public const string KnownAt = "2020-05-09T08:31:12.5Z";

    /// <summary>The last entry of the log that the county counts.</summary>
    public const int LogPosition = 4711;

    public static readonly Guid County = Guid.CreateVersion7();
    public static readonly Guid Department = Guid.CreateVersion7();
    public static readonly Guid Office = Guid.CreateVersion7();
    public static readonly Guid OtherOffice = Guid.CreateVersion7();

    private static readonly (Guid Id, string Name, string Kind, Guid? Parent)[] Units =
    [
        (County, "Landkreis", "county", null), (Department, "Dezernat", "department", County), (Office, "Bauamt", "office", Department), (OtherOffice, "Jugendamt", "office", County),
    ];

    // Every combination, in different numbers in each unit.
    private static readonly Employee[] People =
    [
        .. from unit in Units.Select((u, i) => (u.Id, Factor: i + 1))
           from combination in Enumerable.Range(0, 8)
           from copy in Enumerable.Range(0, 1 + ((combination * unit.Factor) % 3))
           select new Employee(Guid.CreateVersion7(), unit.Id, (combination & 1) != 0, (combination & 2) != 0, (combination & 4) != 0),
    ];

    private readonly List<string> _asked = [];
    private WebApplication? _county;

    /// <summary>Each unit, and how many of its people and those below it may work from home and cannot.</summary>
    public static IEnumerable<(Guid Unit, int EligibleNotReady)> EligibleNotReady =>
        Units.Select(u => (u.Id, Within(u.Id).Count(p => p.Eligible && (!p.Laptop || !p.Vpn))));

    /// <summary>Questions that the county was asked, oldest first.</summary>
    public IReadOnlyList<string> Asked
    {
        get { lock (_asked) return [.. _asked]; }
    }

    // Nobody listens where the others are to be.
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Fleet__Services__audit"] = _county!.Urls.Single(),
        ["Fleet__Services__inventory"] = $"http://127.0.0.1:{FreePort()}",
        ["Fleet__Services__assignment"] = $"http://127.0.0.1:{FreePort()}",
        ["Fleet__Services__provisioning"] = $"http://127.0.0.1:{FreePort()}",
        ["Fleet__Portal__County"] = "Landkreis Beispiel",
        ["Fleet__Portal__Imprint"] = "Landkreis Beispiel\nRathausplatz 1 <Eingang Süd>",
        ["Fleet__Portal__PrivacyNotice"] = "Was wir speichern\n\nWas wir löschen",
        ["Fleet__Portal__AccessibilityContact"] = "barrierefrei@county.example",
        ["Fleet__Portal__AccessibilityEnforcement"] = "Landesbeauftragte",
    };

    // The reader's second factor was given too long ago.
    protected override void MapGateway(WebApplication gateway) => gateway.MapPatch(
        "/auth/accounts/{id}", () => Results.Problem(statusCode: StatusCodes.Status403Forbidden, extensions: new Dictionary<string, object?> { ["code"] = "second-factor-needed" }));

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _county = await ServeCountyAsync();
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _county!.DisposeAsync();
    }

    private async Task<WebApplication> ServeCountyAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort()}");
        var app = builder.Build();
        app.Use(async (http, next) =>
        {
            lock (_asked) _asked.Add($"{http.Request.Path}{http.Request.QueryString}");
            await next(http);
        });
        app.MapGet("/api/audit/coverage", (string asOf, Guid? unit, string? per) => FiguresOf(unit, new()
        {
            ["asOf"] = asOf,
            ["knownAt"] = KnownAt,
            ["logPosition"] = LogPosition,
            ["unit"] = unit is { } id ? new { id, name = Units.Single(u => u.Id == id).Name } : null,
            ["units"] = per is null ? null : Units.Select(u => FiguresOf(u.Id, new() { ["id"] = u.Id, ["name"] = u.Name, ["kind"] = u.Kind, ["parentId"] = u.Parent })),
        }));
        app.MapGet("/api/audit/coverage/series", (string from, string to, Guid? unit) => new { from, to, points = new[] { FiguresOf(unit, new() { ["asOf"] = to }) } });
        app.MapGet("/api/audit/coverage/people", (Guid? unit, string? with, string? without, bool? eligible, int limit, string? cursor) =>
        {
            var skip = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
            var found = Within(unit).Where(p => p.Has(with) && (without is null || !p.Has(without)) && (eligible is null || p.Eligible == eligible)).ToList();
            return new
            {
                knownAt = KnownAt,
                total = found.Count,
                items = found.Skip(skip).Take(limit).Select(p => new
                {
                    personId = p.Id,
                    personnelNumber = $"P{p.Id:N}",
                    name = $"Person {p.Id:N}",
                    unit = new { id = p.Unit, name = Units.Single(u => u.Id == p.Unit).Name },
                    eligible = p.Eligible,
                    withLaptop = p.Laptop,
                    assetTags = p.Laptop ? new[] { $"LRA-{p.Id:N}" } : [],
                    withVpn = p.Vpn,
                    ready = p.Laptop && p.Vpn,
                }),
                next = found.Count > skip + limit ? (skip + limit).ToString(CultureInfo.InvariantCulture) : null,
            };
        });
        await app.StartAsync();
        return app;
    }

    private static Dictionary<string, object?> FiguresOf(Guid? unit, Dictionary<string, object?> more)
    {
        var people = Within(unit).ToList();
        more["staff"] = people.Count;
        more["eligible"] = people.Count(p => p.Eligible);
        more["withLaptop"] = people.Count(p => p.Laptop);
        more["withVpn"] = people.Count(p => p.Vpn);
        more["ready"] = people.Count(p => p.Laptop && p.Vpn);
        more["eligibleNotReady"] = people.Count(p => p.Eligible && !(p.Laptop && p.Vpn));
        more["percentages"] = new { laptopOfStaff = 50.0, vpnOfStaff = 50.0, readyOfStaff = 25.0, readyOfEligible = 25.0 };
        return more;
    }

    private static IEnumerable<Employee> Within(Guid? unit) => People.Where(p => unit is null || p.Unit == unit || Above(p.Unit).Contains(unit.Value));

    private static IEnumerable<Guid> Above(Guid unit)
    {
        for (var parent = Units.Single(u => u.Id == unit).Parent; parent is { } id; parent = Units.Single(u => u.Id == id).Parent) yield return id;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Employee(Guid Id, Guid Unit, bool Laptop, bool Vpn, bool Eligible)
    {
        /// <summary>All of the named things.</summary>
        public bool Has(string? things) => (things ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).All(t => t switch
        {
            "laptop" => Laptop,
            "vpn" => Vpn,
            _ => throw new BadHttpRequestException(t),
        });
    }
}
