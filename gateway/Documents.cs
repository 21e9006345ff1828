using Fleet.Gateway.Domain;
using Fleet.Platform.Store;

namespace Fleet.Gateway;

/// <summary>What the gateway stores. An account's id is its folded subject, so that no two accounts, of people or programs, can share one.</summary>
internal static class Documents
{
    private static readonly Field<Account> Kind = new("kind", a => KeyOf(a.Kind));

    public static readonly DocumentType<Account> Accounts = new("accounts", DocumentIndex<Account>.On(Kind));

    public static Condition<Account> IsOf(AccountKind kind) => Kind.Is(KeyOf(kind));

    public static string IdOf(string subject) => Key.Folded(subject);

    private static string KeyOf(AccountKind kind) => kind == AccountKind.Person ? "person" : "client";
}
