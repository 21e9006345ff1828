using Fleet.Platform.Security;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Portal.Features.Operations;

/// <summary>Shows an administrator how Fleet is: its services, what could not be handled, its signing keys; and the way to accounts and gateways.</summary>
internal static class ShowOperations
{
    public static void MapShowOperations(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin", Handle).WithName(nameof(ShowOperations)).RequireRole(AccountActs.Roles).IsLive();

    private static async Task<RazorComponentResult<OperationsPage>> Handle(FleetApi api, CancellationToken ct)
    {
        var (services, queues, keys) = (
            api.GetAsync<ServiceStates>(OperationsQuestions.Services, ct), api.GetAsync<HeldQueues>(OperationsQuestions.ErrorQueues, ct), api.GetAsync<SigningKeys>(OperationsQuestions.Keys, ct));
        await Task.WhenAll(services, queues, keys);
        return new RazorComponentResult<OperationsPage>(new { Model = new OperationsModel((await services).Value?.Items, (await queues).Value?.Items, (await keys).Value?.Keys) });
    }
}

/// <summary>What the page shows; null: it cannot be read right now.</summary>
public sealed record OperationsModel(IReadOnlyList<ServiceState>? Services, IReadOnlyList<HeldCount>? Queues, IReadOnlyList<SigningKey>? Keys);
