using Fleet.Contracts;
using Fleet.Gateway.Domain;
using Fleet.Platform.Store;

namespace Fleet.Gateway.Features.Accounts;

/// <summary>How accounts are stored. The id is the folded subject, so that no two accounts, of people or programs, can share one.</summary>
internal static class AccountDocument
{
    public static readonly Field<Account> AccountId = new("accountId", a => Key.Of(a.AccountId));
    public static readonly Field<Account> Kind = new("kind", a => WordOf(a.Kind));
    public static readonly Field<Account> Subject = new("subject", a => IdOf(a.Subject));
    public static readonly Field<Account> Role = Field<Account>.Many("role", a => a.Roles);
    public static readonly Field<Account> Disabled = new("disabled", a => a.IsDisabled ? "true" : "false");
    public static readonly Field<Account> Words = Field<Account>.Many("words", a => Key.Words(a.Subject, a.Name));

    /// <summary>A person has one account.</summary>
    public static readonly Field<Account> PersonId = new("personId", a => a.IsRemoved || a.PersonId is not { } id ? null : Key.Of(id));

    /// <summary>Somebody at a provider has one account.</summary>
    public static readonly Field<Account> External = new("external", a => a.IsRemoved || a.External is not { } link ? null : KeyOf(link));

    /// <summary>Accounts that a person's last day would end.</summary>
    public static readonly Field<Account> OpenFor = new("openFor", a => a.IsOpen && a.PersonId is { } id ? Key.Of(id) : null);

    public static readonly DocumentType<Account> Type = new("accounts",
        DocumentIndex<Account>.OneEach(AccountId), DocumentIndex<Account>.OneEach(PersonId), DocumentIndex<Account>.OneEach(External), DocumentIndex<Account>.On(Kind, Subject), DocumentIndex<Account>.On(Subject),
        DocumentIndex<Account>.On(Role), DocumentIndex<Account>.On(Disabled), DocumentIndex<Account>.On(Words), DocumentIndex<Account>.On(OpenFor));

    // An issuer is a URL: it holds no space.
    public static string KeyOf(ExternalLink link) => $"{link.Issuer} {link.Subject}";

    public static string IdOf(string subject) => Key.Folded(subject);

    public static Condition<Account> IsOf(AccountKind kind) => Kind.Is(WordOf(kind));

    public static string WordOf(AccountKind kind) => kind == AccountKind.Person ? AccountKinds.Person : AccountKinds.Client;
}
