using System.Net;
using System.Text;
using Fleet.Gateway.Domain;

namespace Fleet.Tests.Unit.GatewayTests;

public sealed class DecisionTests
{
    [Theory]
    [InlineData("/coverage?asOf=2020-05-08&unit=1", "/coverage?asOf=2020-05-08&unit=1")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("coverage", "/")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("\\/elsewhere.example", "/")]
    [InlineData("/\t/elsewhere.example", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public void Nobody_is_sent_elsewhere_after_signing_in(string? wanted, string expected) => LocalUrl.Or(wanted).ShouldBe(expected);

    [Fact]
    public void A_page_keeps_where_the_person_wanted_to_go_and_what_was_wrong()
    {
        LocalUrl.PageFor("/sign-in", "/coverage?per=unit", "credentials").ShouldBe("/sign-in?error=credentials&returnUrl=%2Fcoverage%3Fper%3Dunit");
        LocalUrl.PageFor("/sign-in", "https://elsewhere.example/").ShouldBe("/sign-in");
    }

    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData("same-site", "http://fleet.example", false)]
    [InlineData("cross-site", "http://fleet.example", false)]
    [InlineData(null, "http://fleet.example", true)]
    [InlineData(null, "https://fleet.example", true)]
    [InlineData(null, "http://fleet.example:8080", false)]
    [InlineData(null, "http://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, null, true)]
    public void A_page_of_another_site_is_told_from_one_of_ours(string? secFetchSite, string? origin, bool holds) =>
        SameOrigin.Holds(secFetchSite, origin, "fleet.example").ShouldBe(holds);

    [Theory]
    [InlineData("one-two-three-4", "one-two-three-4", null)]
    [InlineData("one-two-three-4", "one-two-three-5", "mismatch")]
    [InlineData("short-one-1", "short-one-1", "weak")]
    [InlineData("aaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaa", "weak")]
    [InlineData("Erika.Musterfrau", "Erika.Musterfrau", "weak")]
    [InlineData("the-current-password", "the-current-password", "weak")]
    public void A_new_password_is_long_and_new(string wanted, string repeated, string? error) =>
        NewPassword.Refuse("erika.musterfrau", "the-current-password", wanted, repeated).ShouldBe(error);

    [Fact]
    public void A_password_too_long_to_hash_is_refused() => NewPassword.Refuse("erika", "current", Long(), Long()).ShouldBe("weak");

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("::1", "::1")]
    public void One_subscriber_counts_as_one_sender(string address, string network) => ClientNetwork.Of(IPAddress.Parse(address)).ShouldBe(network);

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("https://[::1]:8080", true)]
    [InlineData("http://127.1.2.3", true)]
    [InlineData("http://unix:/run/fleet.sock", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://localhost.example:8080", false)]
    [InlineData("http://192.0.2.7:8080", false)]
    public void An_address_others_can_reach_is_told_from_one_only_this_machine_can(string url, bool isLoopback) =>
        ListenAddresses.AreLoopback(["http://127.0.0.1:1", url]).ShouldBe(isLoopback);

    [Fact]
    public void Basic_credentials_are_form_encoded_before_they_are_put_in_base64()
    {
        BasicCredentials.TryParse($"basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("a%3Ab:c+d%25"))}", out var id, out var secret).ShouldBeTrue();
        (id, secret).ShouldBe(("a:b", "c d%"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer abc")]
    [InlineData("Basic ???")]
    [InlineData("Basic bm9jb2xvbg==")]
    public void What_is_not_basic_credentials_is_refused(string? header) => BasicCredentials.TryParse(header, out _, out _).ShouldBeFalse();

    [Fact]
    public void Who_has_a_one_time_password_has_no_roles_until_it_is_changed()
    {
        var fresh = AnAccount() with { HasOneTimePassword = true };
        fresh.UsableRoles.ShouldBeEmpty();
        var changed = fresh.WithSecret("other");
        changed.UsableRoles.ShouldBe(["hr"]);
        changed.Stamp.ShouldNotBe(fresh.Stamp);
    }

    [Fact]
    public void Whatever_really_changes_an_account_ends_what_it_had_begun_and_nothing_else_does()
    {
        var account = AnAccount();
        account.With(["hr"], false).ShouldBe((account, []));
        var (after, changes) = account.With(["it"], true);
        changes.ShouldBe(["rolesChanged", "disabled"]);
        after.Stamp.ShouldNotBe(account.Stamp);
        (after.Roles, after.IsOpen).ShouldBe((["it"], false));
        after.With(null, false).Changes.ShouldBe(["enabled"]);
    }

    [Fact]
    public void A_session_holds_as_long_as_its_account_is_what_it_was()
    {
        var account = AnAccount();
        var now = new DateTimeOffset(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
        var session = new Session { SessionId = Guid.CreateVersion7(), AccountId = account.AccountId, Subject = "erika", Stamp = account.Stamp, BegunAt = now, ExpiresAt = now.AddHours(8) };
        session.Holds(account, now).ShouldBeTrue();
        session.Holds(account, now.AddHours(8)).ShouldBeFalse();
        (session with { EndedAt = now }).Holds(account, now).ShouldBeFalse();
        session.Holds(account.WithoutSessions(), now).ShouldBeFalse();
        session.Holds(account with { IsDisabled = true }, now).ShouldBeFalse();
        session.Holds(account with { AccountId = Guid.CreateVersion7() }, now).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("2026-05-03", true)]
    [InlineData("2026-05-04", false)]
    public void A_person_has_left_when_the_last_day_is_over(string? lastDay, bool hasLeft) =>
        new Person { PersonId = Guid.CreateVersion7(), Name = "Erika", UserName = "erika", LastDay = lastDay is null ? null : DateOnly.Parse(lastDay, System.Globalization.CultureInfo.InvariantCulture), SourceVersion = 1 }
            .HasLeft(new DateOnly(2026, 5, 4)).ShouldBe(hasLeft);

    private static Account AnAccount() => new()
    {
        AccountId = Guid.CreateVersion7(),
        Kind = AccountKind.Person,
        Subject = "erika",
        Name = "Erika",
        Roles = ["hr"],
        SecretHash = "hash",
        Stamp = Guid.CreateVersion7(),
        CreatedAt = default,
    };

    private static string Long() => string.Concat(Enumerable.Range(0, 40).Select(i => $"word{i}-"));
}
