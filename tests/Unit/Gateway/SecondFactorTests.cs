using System.Text;
using Fleet.Gateway;
using Fleet.Gateway.Domain;
using Fleet.Gateway.Security;
using Microsoft.Extensions.Configuration;

namespace Fleet.Tests.Unit.GatewayTests;

public sealed class SecondFactorTests
{
    private static readonly FactorSecret Secret = new(Encoding.ASCII.GetBytes("12345678901234567890"));

    /// <summary>RFC 6238, appendix B, SHA-1; the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59L, "287082")]
    [InlineData(1111111109L, "081804")]
    [InlineData(1111111111L, "050471")]
    [InlineData(1234567890L, "005924")]
    [InlineData(2000000000L, "279037")]
    [InlineData(20000000000L, "353130")]
    public void The_standard_s_codes_are_known(long seconds, string code) => Secret.StepOf(code, At(seconds)).ShouldBe(seconds / 30);

    /// <summary>The code is of the step from 1111111080 to 1111111109.</summary>
    [Theory]
    [InlineData(1111111049L, false)]
    [InlineData(1111111050L, true)]
    [InlineData(1111111139L, true)]
    [InlineData(1111111140L, false)]
    public void A_clock_may_be_one_step_off_either_way_and_no_more(long seconds, bool isTaken) => Secret.StepOf("081804", At(seconds)).ShouldBe(isTaken ? 37037036L : null);

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("287083")]
    [InlineData("ABCDEF")]
    public void What_is_no_code_of_now_is_refused(string typed) => AFactor().Use(typed, Secret, At(59)).ShouldBeNull();

    [Fact]
    public void A_code_is_accepted_once_and_none_before_it_any_more()
    {
        var (after, isRecovery) = AFactor().Use("287 082", Secret, At(59)).ShouldNotBeNull();
        (after.LastStep, isRecovery).ShouldBe((1, false));
        after.Use("287082", Secret, At(59)).ShouldBeNull();
        (AFactor() with { LastStep = 2 }).Use("287082", Secret, At(59)).ShouldBeNull();
    }

    [Fact]
    public void A_recovery_code_is_accepted_once_however_it_is_typed()
    {
        var codes = Secrets.RecoveryCodes();
        var factor = AFactor().With(codes, Secret);
        var (after, isRecovery) = factor.Use($" {codes[7].ToLowerInvariant().Replace('-', ' ')} ", Secret, At(59)).ShouldNotBeNull();
        isRecovery.ShouldBeTrue();
        (after.LastStep, after.RecoveryHashes.Count).ShouldBe((0, 9));
        after.Use(codes[7], Secret, At(59)).ShouldBeNull();
        after.Use(codes[8], Secret, At(59)).ShouldNotBeNull();
        FactorSecret.New().HashOf(codes[0]).ShouldNotBe(Secret.HashOf(codes[0]));
    }

    [Fact]
    public void Ten_recovery_codes_are_ten_and_easy_to_copy()
    {
        var codes = Secrets.RecoveryCodes();
        codes.Distinct().Count().ShouldBe(10);
        codes.ShouldAllBe(c => System.Text.RegularExpressions.Regex.IsMatch(c, "^[A-Z2-7]{5}-[A-Z2-7]{5}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void An_app_is_told_whose_secret_it_is()
    {
        var secret = FactorSecret.New();
        secret.ToBytes().Length.ShouldBe(20);
        secret.ToBase32().Length.ShouldBe(32);
        secret.ToUri("erika").ShouldBe($"otpauth://totp/Fleet:erika?secret={secret.ToBase32()}&issuer=Fleet&algorithm=SHA1&digits=6&period=30");
    }

    [Theory]
    [InlineData(null, "admin", true)]
    [InlineData(null, "hr", false)]
    [InlineData("", "admin", false)]
    [InlineData("hr", "admin", false)]
    [InlineData("hr", "hr", true)]
    public void Which_roles_need_one_is_a_setting_and_the_default_goes_when_it_is_given(string? setting, string role, bool needs)
    {
        Dictionary<string, string?> settings = setting switch { null => [], "" => new() { ["RequiredFor"] = "" }, _ => new() { ["RequiredFor:0"] = setting } };
        var options = new SecondFactorOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Bind(options);
        options.HasGoodRoles().ShouldBeTrue();
        AnAccount(role).NeedsFactor(options.Roles).ShouldBe(needs);
        (AnAccount(role) with { Kind = AccountKind.Client }).NeedsFactor(options.Roles).ShouldBeFalse();
    }

    [Fact]
    public void A_word_that_is_no_role_is_no_setting() => new SecondFactorOptions { RequiredFor = ["king"] }.HasGoodRoles().ShouldBeFalse();

    [Fact]
    public void Another_factor_ends_what_was_begun_without_it()
    {
        var account = AnAccount("hr");
        var with = account.WithFactor(AFactor());
        with.Stamp.ShouldNotBe(account.Stamp);
        with.WithFactor(null).Stamp.ShouldNotBe(with.Stamp);
        with.WithOneTimePassword("other").SecondFactor.ShouldBe(with.SecondFactor);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(0, true)]
    [InlineData(14, true)]
    [InlineData(15, false)]
    public void A_factor_given_a_quarter_of_an_hour_ago_is_not_recent(int? minutes, bool isRecent) =>
        new Session { SessionId = Guid.CreateVersion7(), AccountId = Guid.CreateVersion7(), Subject = "erika", Stamp = Guid.CreateVersion7(), BegunAt = At(0), ExpiresAt = At(0), FactorAt = minutes is { } m ? At(-60 * m) : null }
            .HasRecentFactor(At(0)).ShouldBe(isRecent);

    private static DateTimeOffset At(long seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    private static SecondFactor AFactor() => new() { SealedSecret = "sealed", LastStep = 0, RecoveryHashes = [] };

    private static Account AnAccount(string role) => new()
    {
        AccountId = Guid.CreateVersion7(),
        Kind = AccountKind.Person,
        Subject = "erika",
        Name = "Erika",
        Roles = [role],
        SecretHash = "hash",
        Stamp = Guid.CreateVersion7(),
        CreatedAt = default,
    };
}
