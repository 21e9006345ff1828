using Fleet.Platform.Security;
using Fleet.Portal.Domain;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Accesses;

/// <summary>Requests a VPN access: the person is searched for and chosen, then from which of their devices.</summary>
internal static class RequestAccess
{
    private const string Path = "/accesses/request";
    private static readonly string[] Fields = ["deviceId", "expiresOn"];
    private static readonly Dictionary<string, string> FieldOfCode = new() { ["device-not-held"] = "deviceId", ["device-unknown"] = "deviceId" };

    public static void MapRequestAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithName(nameof(RequestAccess)).RequireRole(AccessActs.Roles);
        routes.MapPost(Path, HandleAsync).WithName($"{nameof(RequestAccess)}Sent").RequireRole(AccessActs.Roles);
    }

    private static async Task<Results<RazorComponentResult<RequestAccessPage>, ProblemHttpResult>> ShowAsync(string? search, Guid? personId, FleetApi api, CancellationToken ct)
    {
        var model = new RequestAccessModel(ActKey.New()) { Search = search?.Trim() ?? "" };
        if (personId is { } id)
        {
            var person = await api.GetAsync<Candidate>($"api/assignment/people/{id}", ct);
            if (person.Value is null) return Refusals.Of(person.Status);
            var held = await api.GetAsync<Listed<Device>>(HeldBy(id), ct);
            if (held.Value is null) return Refusals.Of(held.Status);
            var devices = held.Value.Items.Select(d => new DeviceOfPerson(d.Id, d.AssetTag)).ToList();
            return Page(model with { PersonId = id, Person = person.Value.Name(), Devices = devices, DeviceId = devices is [var only] ? only.Id : null }, StatusCodes.Status200OK);
        }

        var (found, status) = await Candidates.FindAsync(api, model.Search, ct);
        return status == StatusCodes.Status200OK ? Page(model with { Found = found.Items, AreMore = found.Next is not null }, status) : Refusals.Of(status);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<RequestAccessPage>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, FleetApi api, Words words, CancellationToken ct)
    {
        if (await Forms.ReadAsync(request, ct) is not { } form || ActKey.Of(form) is not { } key || !Guid.TryParse(form.Text("personId"), out var person))
            return Refusals.Of(StatusCodes.Status400BadRequest);
        var model = new RequestAccessModel(key)
        {
            PersonId = person,
            Person = form.Text("person"),
            Devices = [.. form["device"].Select(DeviceOfPerson.Read).OfType<DeviceOfPerson>()],
            DeviceId = Guid.TryParse(form.Text("deviceId"), out var device) ? device : null,
            ExpiresOn = form.Text("expiresOn"),
        };
        DateOnly? last = null;
        if (model.ExpiresOn.Length > 0)
        {
            last = TypedTime.Day(model.ExpiresOn);
            if (last is null) return Page(model with { Errors = [new("expiresOn", words["Form.Day.Wrong"])] }, StatusCodes.Status400BadRequest);
        }

        var answer = await api.PostAsync<Access>("api/provisioning/accesses", new NewAccess(person, model.DeviceId, last), key, ct);
        if (answer.Value is { } access) return TypedResults.LocalRedirect(AccessActs.Done(access.Id, "requested"));
        if (answer.IsAboutTheCaller) return Refusals.Of(answer.Status);
        return Page(model with { Key = ActKey.After(answer.Status, key), Errors = FormErrors.Of(answer.Status, answer.Problem, words, Fields, FieldOfCode) }, answer.Status);
    }

    private static RazorComponentResult<RequestAccessPage> Page(RequestAccessModel model, int status) => new(new { Model = model }) { StatusCode = status };

    /// <summary>The service's address for what somebody has.</summary>
    public static string HeldBy(Guid person) => Links.Of("api/inventory/devices", [("holderId", $"{person}"), ("status", "assigned"), ("limit", "100")]);
}

/// <summary>The body of the act.</summary>
public sealed record NewAccess(Guid PersonId, Guid? DeviceId, DateOnly? ExpiresOn);

/// <summary>A device to choose from.</summary>
public sealed record DeviceOfPerson(Guid Id, string AssetTag)
{
    /// <summary>As the form carries it.</summary>
    public string Written() => $"{Id} {AssetTag}";

    public static DeviceOfPerson? Read(string? written) => written?.Split(' ', 2) is [var id, var tag] && Guid.TryParse(id, out var device) ? new(device, tag) : null;
}

/// <summary>What the page shows; the form carries it, so that it can be shown again while a service is away.</summary>
public sealed record RequestAccessModel(string Key)
{
    /// <summary>As typed.</summary>
    public string Search { get; init; } = "";

    /// <summary>Who matches.</summary>
    public IReadOnlyList<Candidate> Found { get; init; } = [];

    /// <summary>Whether more match than are shown.</summary>
    public bool AreMore { get; init; }

    /// <summary>Who was chosen; null: nobody yet.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Their name.</summary>
    public string Person { get; init; } = "";

    /// <summary>What they have.</summary>
    public IReadOnlyList<DeviceOfPerson> Devices { get; init; } = [];

    /// <summary>The chosen device; null: none in particular.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>As typed.</summary>
    public string ExpiresOn { get; init; } = "";
    public IReadOnlyList<FormError> Errors { get; init; } = [];
}
