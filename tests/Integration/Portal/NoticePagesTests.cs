namespace Fleet.Tests.Integration.Portal;

/// <summary>The pages that show an administration's own texts.</summary>
public sealed class NoticePagesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("/imprint", "<p>Landkreis Beispiel</p>", "<p>Rathausplatz 1 &lt;Eingang Süd&gt;</p>"), InlineData("/privacy", "<p>Was wir speichern</p>", "<p>Was wir löschen</p>")]
    [InlineData("/accessibility", "<p>barrierefrei@county.example</p>", "<p>Landesbeauftragte</p>")]
    public async Task What_is_configured_is_shown_paragraph_by_paragraph(string path, string first, string second)
    {
        using var stranger = new HttpClient { BaseAddress = portal.Address };

        var page = await stranger.GetStringAsync(path);

        page.ShouldContain(first);
        page.ShouldContain(second);
        page.ShouldNotContain("Fleet__Portal__");
    }

    [Fact]
    public async Task The_county_s_name_stands_beside_Fleet_s()
    {
        using var stranger = new HttpClient { BaseAddress = portal.Address };

        (await stranger.GetStringAsync("/sign-in")).ShouldContain("""<span class="county">Landkreis Beispiel</span>""");
    }
}
