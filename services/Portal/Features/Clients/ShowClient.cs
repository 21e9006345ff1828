using Fleet.Platform.Security;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Clients;

/// <summary>Shows a service account and what can be done with it now.</summary>
internal static class ShowClient
{
    public static void MapShowClient(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/clients/{id:guid}", Handle).WithName(nameof(ShowClient)).RequireRole(AccountActs.Roles);

    private static async Task<Results<RazorComponentResult<ClientPage>, ProblemHttpResult>> Handle(Guid id, string? done, FleetApi api, CancellationToken ct)
    {
        var client = await api.GetAsync<Client>(ClientActs.Ask(id), ct);
        return client.Value is { } found
            ? new RazorComponentResult<ClientPage>(new { Client = found, Done = Words.Find($"Client.Done.{done}") is null ? null : $"Client.Done.{done}" })
            : Refusals.Of(client.Status);
    }
}
