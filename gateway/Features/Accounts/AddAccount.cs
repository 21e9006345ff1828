using System.ComponentModel.DataAnnotations;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Fleet.Platform;
using Fleet.Platform.Bus;
using Fleet.Platform.Http;
using Fleet.Platform.Security;
using Fleet.Platform.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>Makes a person's account and says its one-time password, once. As with clients, an Idempotency-Key is not honoured here.</summary>
internal static class AddAccount
{
    // A person who was registered a moment ago may still be on the way here.
    private static readonly TimeSpan NewsWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NewsLook = TimeSpan.FromMilliseconds(50);

    public static void MapAddAccount(this IEndpointRouteBuilder routes) => routes.MapPost("/accounts", Handle).WithName(nameof(AddAccount)).RequireRole(Roles.Admin).RequireRecentFactor()
        .ProducesProblem(400).ProducesProblem(409);

    private static async Task<Results<CreatedResource<NewAccount>, ProblemHttpResult>> Handle(
        Body<Request> body, Caller caller, AccountStore accounts, IDocumentStore store, BrokerState broker, FleetCalendar calendar, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        if (AccountRequests.IfUnknown(request.Roles!) is { } problem) return problem;
        if (AccountRequests.IfNobodys(request.Roles!, request.PersonId, "personId") is { } missing) return missing;
        if (request.PersonId is { } id)
        {
            if (await FindPersonAsync(id, store, broker, time, ct) is not { } person) return UnknownPerson(broker);
            if (person.HasLeft(calendar.DayOf(time.GetUtcNow()))) return AccountRequests.PersonLeft(person.LastDay!.Value);
        }

        var password = Secrets.OneTimePassword();
        var account = new Account
        {
            AccountId = Guid.CreateVersion7(),
            Kind = AccountKind.Person,
            Subject = request.UserName!,
            Name = request.Name!,
            Roles = [.. request.Roles!.Distinct()],
            SecretHash = AccountStore.Hash(password),
            HasOneTimePassword = true,
            Stamp = Guid.CreateVersion7(),
            CreatedAt = time.GetUtcNow(),
            PersonId = request.PersonId,
        };
        return await accounts.AddAsync(account, caller.At(account.CreatedAt), ct) switch
        {
            Added.Stored => new CreatedResource<NewAccount>(
                $"/auth/accounts/{account.AccountId}", new NewAccount(account.AccountId, account.Subject, account.Name, account.Roles, account.PersonId, password)),
            Added.PersonHasAccount => Problems.Conflict("person-has-account", "This person has an account. It can be given other roles, and reset."),
            _ => Problems.Conflict("account-exists", "A person or a client with this name exists."),
        };
    }

    private static async Task<Person?> FindPersonAsync(Guid id, IDocumentStore store, BrokerState broker, TimeProvider time, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            if (await store.FindAsync<Person>(id, ct) is { } found) return found.State;
            if (!broker.IsConnected || time.GetElapsedTime(start) >= NewsWait) return null;
            await Task.Delay(NewsLook, time, ct);
        }
    }

    private static ProblemHttpResult UnknownPerson(BrokerState broker) => broker.IsConnected
        ? Problems.Invalid("personId", "There is no such person.", "unknown-person")
        : Problems.Invalid("personId", "There is no such person here. News of people may be late at the moment; try again later.", "unknown-person-news-late");

    /// <param name="UserName">To sign in with; the same as the person's in Assignment, if it is one. Letters, digits and . _ - @.</param>
    /// <param name="Name">For people to read.</param>
    /// <param name="Roles">it, hr, auditor, employee, manager, admin. employee and manager need the person.</param>
    /// <param name="PersonId">The person in Assignment; each has one account.</param>
    internal sealed record Request(
        [property: Required, StringLength(100), RegularExpression(AccountRequests.SubjectPattern, ErrorMessage = AccountRequests.SubjectError)] string? UserName,
        [property: Required, StringLength(200)] string? Name,
        [property: Required, MinLength(1), MaxLength(10)] IReadOnlyList<string>? Roles,
        Guid? PersonId);

    /// <param name="Id">In paths and events.</param>
    /// <param name="UserName">To sign in with.</param>
    /// <param name="Name">As given.</param>
    /// <param name="Roles">As given.</param>
    /// <param name="PersonId">As given.</param>
    /// <param name="OneTimePassword">Must be changed at the first sign-in. Not kept in a readable form.</param>
    internal sealed record NewAccount(Guid Id, string UserName, string Name, IReadOnlyList<string> Roles, Guid? PersonId, string OneTimePassword);
}
