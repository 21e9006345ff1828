using System.ComponentModel.DataAnnotations;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features;

/// <summary>Makes a person's account and says its one-time password, once. As with clients, an Idempotency-Key is not honoured here.</summary>
internal static class AddAccount
{
    public static void MapAddAccount(this IEndpointRouteBuilder routes) => routes.MapPost("/accounts", Handle).WithName(nameof(AddAccount)).RequireRole(Roles.Admin)
        .ProducesProblem(400).ProducesProblem(409);

    private static async Task<Results<Created<NewAccount>, ProblemHttpResult>> Handle(Body<Request> body, Accounts accounts, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        if (AccountRequests.IfUnknown(request.Roles!) is { } problem) return problem;

        var password = Secrets.OneTimePassword();
        string[] roles = [.. request.Roles!.Distinct()];
        var person = new Account(
            AccountKind.Person, request.UserName!, request.Name!, roles, Accounts.Hash(password), true, Guid.CreateVersion7(), time.GetUtcNow(), request.PersonId);
        return await accounts.AddAsync(person, ct)
            ? TypedResults.Created((string?)null, new NewAccount(person.Subject, person.Name, roles, person.PersonId, password))
            : Problems.Conflict("account-exists", "A person or a client with this name exists.");
    }

    /// <param name="UserName">To sign in with; the same as the person's in Assignment, if it is one. Letters, digits and . _ - @.</param>
    /// <param name="Name">For people to read.</param>
    /// <param name="Roles">it, hr, auditor, employee, admin.</param>
    /// <param name="PersonId">The person in Assignment.</param>
    internal sealed record Request(
        [property: Required, StringLength(100), RegularExpression(AccountRequests.SubjectPattern, ErrorMessage = AccountRequests.SubjectError)] string? UserName,
        [property: Required, StringLength(200)] string? Name,
        [property: Required, MinLength(1), MaxLength(10)] IReadOnlyList<string>? Roles,
        Guid? PersonId);

    /// <param name="UserName">To sign in with.</param>
    /// <param name="Name">As given.</param>
    /// <param name="Roles">As given.</param>
    /// <param name="PersonId">As given.</param>
    /// <param name="OneTimePassword">Must be changed at the first sign-in. Not kept in a readable form.</param>
    internal sealed record NewAccount(string UserName, string Name, IReadOnlyList<string> Roles, Guid? PersonId, string OneTimePassword);
}
