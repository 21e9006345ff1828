using System.ComponentModel.DataAnnotations;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Features.Accounts;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Clients;

/// <summary>Makes a service account and says its secret, once. An Idempotency-Key is not honoured here: it would keep the secret readable in the store.</summary>
internal static class AddClient
{
    public static void MapAddClient(this IEndpointRouteBuilder routes) => routes.MapPost("/clients", Handle).WithName(nameof(AddClient)).RequireRole(Roles.Admin).RequireRecentFactor()
        .ProducesProblem(400).ProducesProblem(409);

    private static async Task<Results<CreatedResource<NewClient>, ProblemHttpResult>> Handle(Body<Request> body, Caller caller, AccountStore accounts, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        if (AccountRequests.IfUnknown(request.Roles!) is { } problem) return problem;

        var secret = Secrets.ForClient();
        var client = new Account
        {
            AccountId = Guid.CreateVersion7(),
            Kind = AccountKind.Client,
            Subject = request.ClientId!,
            Name = request.ClientId!,
            Roles = [.. request.Roles!.Distinct()],
            SecretHash = AccountStore.Hash(secret),
            Stamp = Guid.CreateVersion7(),
            CreatedAt = time.GetUtcNow(),
        };
        return await accounts.AddAsync(client, caller.At(client.CreatedAt), ct) == Added.Stored
            ? new CreatedResource<NewClient>($"/auth/clients/{client.AccountId}", new NewClient(client.AccountId, client.Subject, secret, client.Roles))
            : Problems.Conflict("client-exists", "A client or a person with this name exists.");
    }

    /// <param name="ClientId">Letters, digits and . _ - @.</param>
    /// <param name="Roles">it, hr, auditor, employee, manager, admin.</param>
    internal sealed record Request(
        [property: Required, StringLength(100), RegularExpression(AccountRequests.SubjectPattern, ErrorMessage = AccountRequests.SubjectError)] string? ClientId,
        [property: Required, MinLength(1), MaxLength(10)] IReadOnlyList<string>? Roles);

    /// <param name="Id">In paths and events.</param>
    /// <param name="ClientId">For /auth/token.</param>
    /// <param name="ClientSecret">For /auth/token. Not kept in a readable form.</param>
    /// <param name="Roles">As given.</param>
    internal sealed record NewClient(Guid Id, string ClientId, string ClientSecret, IReadOnlyList<string> Roles);
}
