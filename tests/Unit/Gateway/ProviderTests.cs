using System.Text.Json;
using Fleet.Gateway;
using Fleet.Gateway.Domain;
using Fleet.Platform.Security;

namespace Fleet.Tests.Unit.Gateway;

/// <summary>What a provider's claims make of somebody, and which settings are refused.</summary>
public sealed class ProviderTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static readonly ClaimsMap Map = new()
    {
        Roles = new Dictionary<string, IReadOnlyList<string>> { ["fleet-it"] = ["it"], ["both"] = ["it", "hr"], ["staff"] = ["employee"], ["heads"] = ["manager", "employee"] },
    };

    [Theory]
    [InlineData("""{"groups": "fleet-it"}""", "{}", "it")]
    [InlineData("""{"groups": ["fleet-it", "both", "unknown", 7, null]}""", "{}", "it hr")]
    [InlineData("{}", """{"groups": ["both"]}""", "it hr")]
    [InlineData("""{"groups": ["fleet-it"]}""", """{"groups": ["both"]}""", "it")]
    [InlineData("""{"groups": "fleet-it both"}""", "{}", "")]
    [InlineData("""{"groups": "Fleet-It"}""", "{}", "")]
    [InlineData("""{"groups": {"fleet-it": true}}""", "{}", "")]
    [InlineData("{}", "{}", "")]
    public void Groups_are_a_text_or_a_list_in_the_token_or_else_in_what_is_said_besides(string idToken, string userInfo, string roles)
    {
        var (verdict, identity) = Map.Read(IdToken(idToken), Json(userInfo));
        verdict.ShouldBe(ClaimsVerdict.Complete);
        string.Join(' ', identity!.Roles).ShouldBe(roles);
        identity.Link.ShouldBe(new ExternalLink("https://idp.example", "s-1"));
    }

    [Theory]
    [InlineData("""{"_claim_names": {"groups": "src1"}}""", "{}", true)]
    [InlineData("""{"_claim_names": {"groups": "src1"}, "groups": ["fleet-it"]}""", "{}", true)]
    [InlineData("{}", """{"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://graph.example"}}}""", true)]
    [InlineData("""{"_claim_names": {"address": "src1"}}""", "{}", false)]
    public void Groups_that_lie_elsewhere_are_not_taken_for_none(string idToken, string userInfo, bool refused) =>
        Map.Read(IdToken(idToken), Json(userInfo)).Verdict.ShouldBe(refused ? ClaimsVerdict.GroupsElsewhere : ClaimsVerdict.Complete);

    [Theory]
    [InlineData("""{"preferred_username": "erika@stadt.example"}""", true)]
    [InlineData("""{"preferred_username": "Jörg.Groß-2"}""", true)]
    [InlineData("""{"preferred_username": "STADT\\erika"}""", false)]
    [InlineData("""{"preferred_username": "erika\n"}""", true)]
    [InlineData("""{"preferred_username": ["erika", "admin"]}""", false)]
    [InlineData("""{"preferred_username": ""}""", false)]
    [InlineData("""{"preferred_username": null}""", false)]
    public void A_user_name_is_one_that_an_account_may_have(string idToken, bool good) =>
        Map.Read(IdToken(idToken), null).Verdict.ShouldBe(good ? ClaimsVerdict.Complete : ClaimsVerdict.NoUserName);

    [Theory]
    [InlineData("""{"amr": ["pwd"]}""", false)]
    [InlineData("""{"amr": ["pwd", "otp"]}""", true)]
    [InlineData("""{"amr": "mfa"}""", true)]
    [InlineData("{}", false)]
    public void A_second_factor_is_what_the_token_says_of_the_sign_in(string idToken, bool hasFactor) =>
        Map.Read(IdToken(idToken), Json("""{"amr": ["mfa"]}""")).Identity!.HasFactor.ShouldBe(hasFactor);

    [Fact]
    public void Roles_that_need_a_person_are_given_only_to_one_and_a_person_without_any_is_an_employee()
    {
        Who("fleet-it", "heads").Judge(null, false, null, Today, []).ShouldGive(ExternalVerdict.Welcome, "it");
        Who("heads").Judge(null, false, null, Today, []).ShouldGive(ExternalVerdict.NoRole);
        Who("heads").Judge(null, false, APerson(), Today, []).ShouldGive(ExternalVerdict.Welcome, "manager", "employee");
        Who().Judge(null, false, APerson(), Today, []).ShouldGive(ExternalVerdict.Welcome, "employee");
        Who().Judge(null, false, null, Today, []).ShouldGive(ExternalVerdict.NoRole);
    }

    [Fact]
    public void Who_has_left_or_is_disabled_or_has_a_password_here_stays_out()
    {
        Who("fleet-it").Judge(null, false, APerson(Today.AddDays(-1)), Today, []).Verdict.ShouldBe(ExternalVerdict.Disabled);
        Who("fleet-it").Judge(null, false, APerson(Today), Today, []).Verdict.ShouldBe(ExternalVerdict.Welcome);
        Who("fleet-it").Judge(AnAccount() with { IsDisabled = true }, false, null, Today, []).Verdict.ShouldBe(ExternalVerdict.Disabled);
        Who("fleet-it").Judge(null, true, null, Today, []).Verdict.ShouldBe(ExternalVerdict.ExistsLocally);
        Who("fleet-it").Judge(null, false, null, Today, ["it"]).Verdict.ShouldBe(ExternalVerdict.NoFactor);
        (Who("fleet-it") with { HasFactor = true }).Judge(null, false, null, Today, ["it"]).Verdict.ShouldBe(ExternalVerdict.Welcome);
    }

    [Fact]
    public void An_account_follows_the_provider_and_says_only_what_has_changed()
    {
        var account = AnAccount();
        var (same, nothing) = account.Following(["it"], account.Name, null);
        same.ShouldBe(account);
        nothing.ShouldBeEmpty();
        var person = Guid.CreateVersion7();
        var (after, changes) = account.Following(["hr"], "Erika Neu", person);
        changes.ShouldBe(["rolesChanged", "linked"]);
        (after.Name, after.PersonId).ShouldBe(("Erika Neu", person));
        after.Stamp.ShouldNotBe(account.Stamp);
        after.Following(["hr"], "Erika Neu", Guid.CreateVersion7()).After.PersonId.ShouldBe(person);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Authority=idp", "Authority is not the address")]
    [InlineData("Authority=http://idp.example", "begin with https")]
    [InlineData("Authority=http://idp.example RequireHttpsMetadata=false", "only for a provider on this machine")]
    [InlineData("Authority=http://127.0.0.1:9 RequireHttpsMetadata=false", null)]
    [InlineData("Authority=http://localhost:9 RequireHttpsMetadata=false", null)]
    [InlineData("ClientId=", "ClientId is missing")]
    [InlineData("Name=", "Name, which stands on the sign-in page")]
    [InlineData("ClientSecret=", "either ClientSecret or ClientSecretFile")]
    [InlineData("ClientSecretFile=/nowhere", "either ClientSecret or ClientSecretFile")]
    [InlineData("ClientSecret= ClientSecretFile=/nowhere", "ClientSecretFile cannot be read")]
    [InlineData("Scopes=profile", "Scopes has to hold openid")]
    [InlineData("RoleMap=boss", "group \"fleet-it\" what is no role")]
    [InlineData("RoleMap=", "group \"fleet-it\" what is no role")]
    [InlineData("Claims=", "Claims holds an empty name")]
    public void Settings_that_cannot_work_are_said_in_a_sentence(string changes, string? fault)
    {
        var options = new ProviderOptions { Authority = "https://idp.example", ClientId = "fleet", ClientSecret = "secret", Name = "Town hall" };
        options.RoleMap["fleet-it"] = "it";
        foreach (var change in changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('=')))
        {
            switch (change)
            {
                case ["Authority", var text]: options.Authority = text; break;
                case ["RequireHttpsMetadata", var text]: options.RequireHttpsMetadata = bool.Parse(text); break;
                case ["ClientId", var text]: options.ClientId = text; break;
                case ["Name", var text]: options.Name = text; break;
                case ["ClientSecret", var text]: options.ClientSecret = text; break;
                case ["ClientSecretFile", var text]: options.ClientSecretFile = text; break;
                case ["Scopes", var text]: options.Scopes = [text]; break;
                case ["RoleMap", var text]: options.RoleMap["fleet-it"] = text; break;
                case ["Claims", var text]: options.Claims.Groups = text; break;
                default: throw new ArgumentException(changes, nameof(changes));
            }
        }

        if (fault is null) options.Fault().ShouldBeNull();
        else options.Fault().ShouldNotBeNull().ShouldContain(fault);
    }

    [Fact]
    public void A_group_is_the_key_or_stands_before_the_last_equals_sign()
    {
        var options = new ProviderOptions();
        options.RoleMap["fleet-it"] = "it, auditor";
        options.RoleMap["0"] = "cn=fleet it,ou=groups = hr admin";
        options.RoleMap["1"] = "fleet-it=hr";
        options.ToMap().Roles.ToDictionary(r => r.Key, r => string.Join(' ', r.Value)).ShouldBe(new Dictionary<string, string> { ["fleet-it"] = "it auditor hr", ["cn=fleet it,ou=groups"] = "hr admin" });
    }

    private static JsonElement IdToken(string more)
    {
        var claims = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"iss": "https://idp.example", "sub": "s-1", "preferred_username": "erika"}""")!;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(more)!) claims[name] = value;
        return JsonSerializer.SerializeToElement(claims);
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static ExternalIdentity Who(params string[] groups) => Map.Read(IdToken(JsonSerializer.Serialize(new { groups })), null).Identity!;

    private static Person APerson(DateOnly? lastDay = null) => new() { PersonId = Guid.CreateVersion7(), Name = "Erika", UserName = "erika", LastDay = lastDay, SourceVersion = 1 };

    private static Account AnAccount() => new()
    {
        AccountId = Guid.CreateVersion7(),
        Kind = AccountKind.Person,
        Subject = "erika",
        Name = "Erika",
        Roles = [Roles.It],
        SecretHash = "",
        Stamp = Guid.CreateVersion7(),
        CreatedAt = DateTimeOffset.UnixEpoch,
        External = new ExternalLink("https://idp.example", "s-1"),
    };
}

file static class Verdicts
{
    public static void ShouldGive(this (ExternalVerdict Verdict, IReadOnlyList<string> Roles) judged, ExternalVerdict verdict, params string[] roles)
    {
        judged.Verdict.ShouldBe(verdict);
        judged.Roles.ShouldBe(roles);
    }
}
