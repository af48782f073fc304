using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>Who may see what (DOMAIN §4), tested on the readers that pages, API and stream share.</summary>
public abstract class VisibilityTests
{
    private const string Other = "12345678";
    private const string Unknown = "99999999-0000-0000-0000-000000000001";

    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public async Task Messages_of_another_authority_do_not_exist()
    {
        await using var fixture = await FilledFixtureAsync();
        var viewer = Of(PortalRoles.Administrator, "*");

        Assert.Equal(["own", "both", "nobody", "responsible", "unknown", "classified"], await IdsAsync(fixture, viewer));
        Assert.Null(await fixture.Messages.FindAsync(viewer, "other", default));
        Assert.Null(await fixture.Messages.FindDetailAsync(viewer, "other", default));
        Assert.Null(await fixture.Messages.ReadBytesAsync(viewer, "other", default));
        Assert.Equal(6, (await fixture.Messages.CountAsync(viewer, MessageFilter.Everything, default)).Value);
        Assert.Equal(["both", "other"], await IdsAsync(fixture, Of(PortalRoles.Administrator, "*", cvr: Other)));
    }

    [Fact]
    public async Task A_caseworker_sees_post_statuses_and_no_exact_bytes()
    {
        await using var fixture = await FilledFixtureAsync();
        var viewer = Of(PortalRoles.Caseworker);

        Assert.Equal(["own", "both", "nobody", "responsible", "classified"], await IdsAsync(fixture, viewer));
        Assert.Null(await fixture.Messages.ReadBytesAsync(viewer, "own", default));
        Assert.NotNull((await fixture.Messages.FindDetailAsync(viewer, "own", default))!.MaskedXml);
    }

    [Fact]
    public async Task A_type_never_seen_before_is_confidential_and_needs_a_grant()
    {
        await using var fixture = await FilledFixtureAsync();

        Assert.DoesNotContain("unknown", await IdsAsync(fixture, Of(PortalRoles.Administrator)));
        Assert.Contains("unknown", await IdsAsync(fixture, Of(PortalRoles.Administrator, Unknown)));
        Assert.Contains("unknown", await IdsAsync(fixture, Of(PortalRoles.Caseworker, Unknown.ToUpperInvariant())));
        var type = (await fixture.Services.GetRequiredService<ICatalogue>().ListAsync(Of(PortalRoles.Facilitator), default))
            .Single(t => t.Beskedtype == Unknown);
        Assert.Equal(("ukendt type", true, 1), (type.Name, type.Confidential, type.Total));
    }

    [Theory]
    [InlineData(PortalRoles.Facilitator)]
    [InlineData(PortalRoles.Manager)]
    [InlineData(null)]
    public async Task Other_roles_see_no_message(string? role)
    {
        await using var fixture = await FilledFixtureAsync();

        Assert.Empty(await IdsAsync(fixture, Of(role)));
        Assert.Empty((await fixture.Messages.ListAsync(Of(role), MessageFilter.Everything, null, 10, default)).Items);
        Assert.Null(await fixture.Messages.FindAsync(Of(role), "own", default));
    }

    [Fact]
    public async Task A_person_number_and_credentials_never_come_out_of_a_message()
    {
        await using var fixture = await OpenAsync();
        var person = "<k:RelateretObjekt><k:ObjektId><s:URNIdentifikator>urn:oio:cpr-nr:9999991234</s:URNIdentifikator>"
            + "</k:ObjektId></k:RelateretObjekt>";
        await fixture.ReceiveAsync(
            System.Text.Encoding.UTF8.GetString(IngestionFixture.Envelope("p", status: "Klar for 0101&#48;11234", extra: person))
                .Replace("<k:Leveranceinformation>",
                    "<k:Leveranceinformation><k:KildesystemAkkreditiver>hemmeligt</k:KildesystemAkkreditiver>", StringComparison.Ordinal));

        var detail = (await fixture.Messages.FindDetailAsync(Of(PortalRoles.Caseworker), "p", default))!;

        Assert.Equal("urn:oio:cpr-nr:999999-xxxx", detail.Message.Objects[0].Id);
        Assert.Contains("010101-xxxx", detail.MaskedXml, StringComparison.Ordinal);
        Assert.DoesNotContain("1234<", detail.MaskedXml, StringComparison.Ordinal);
        Assert.DoesNotContain("hemmeligt", detail.MaskedXml, StringComparison.Ordinal);
        Assert.Null(detail.Envelope!.Leveranceinformation!.KildesystemAkkreditiver);
        var administrator = (await fixture.Messages.FindDetailAsync(Of(PortalRoles.Administrator), "p", default))!;
        Assert.Contains("hemmeligt", administrator.MaskedXml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_and_pages_agree_with_the_whole()
    {
        await using var fixture = await OpenAsync();
        for (var n = 0; n < 25; n++)
            await fixture.ReceiveAsync(IngestionFixture.Envelope($"b-{n}", status: n % 5 == 0 ? "Fejlet" : "Klar"));
        var viewer = Of(PortalRoles.Caseworker);

        var pages = new List<string>();
        string? cursor = null;
        do
        {
            var page = await fixture.Messages.ListAsync(viewer, MessageFilter.Everything, cursor, 10, default);
            pages.AddRange(page.Items.Select(m => m.BeskedId));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(n => $"b-{n}"), pages);
        Assert.Equal(
            5, (await fixture.Messages.CountAsync(viewer, new MessageFilter(Status: "fejlet", Type: "pko_poststatus"), default)).Value);
        Assert.Equal(["b-20"], (await fixture.Messages.ListAsync(viewer, new MessageFilter(Text: "b-20 fejl"), null, 10, default)).Items
            .Select(m => m.BeskedId));
        Assert.Equal([0, 25], await fixture.Messages.VolumeAsync(
            viewer, MessageFilter.Everything, fixture.Time.GetUtcNow() - TimeSpan.FromHours(1), TimeSpan.FromHours(1), 2, default));
        await Assert.ThrowsAsync<FormatException>(() => fixture.Messages.ListAsync(viewer, MessageFilter.Everything, "x", 10, default));
    }

    private async Task<IngestionFixture> FilledFixtureAsync()
    {
        var fixture = await OpenAsync();
        await fixture.ReceiveAsync(IngestionFixture.Envelope("own"));
        await fixture.ReceiveAsync(IngestionFixture.Envelope("both", to: Other,
            extra: $"<k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr:{IngestionFixture.Own}</s:URNIdentifikator></k:TilladtModtager>"));
        await fixture.ReceiveAsync(IngestionFixture.Envelope("other", to: Other, responsible: IngestionFixture.Own));
        await fixture.ReceiveAsync(IngestionFixture.Envelope("nobody", to: null));
        await fixture.ReceiveAsync(IngestionFixture.Envelope("responsible", to: null, responsible: IngestionFixture.Own));
        await fixture.ReceiveAsync(IngestionFixture.Envelope("unknown", type: Unknown));
        await fixture.ReceiveAsync(
            IngestionFixture.Envelope("classified", sensitivity: KnownSikkerhedsklassificeringer.Fortrolige.First()));
        return fixture;
    }

    private static async Task<IEnumerable<string>> IdsAsync(IngestionFixture fixture, Viewer viewer) =>
        (await fixture.Messages.ReadAfterAsync(viewer, MessageFilter.Everything, 0, 100, default)).Items.Select(m => m.BeskedId);

    private static Viewer Of(string? role, string? grant = null, string cvr = IngestionFixture.Own) =>
        new("x", "X", PortalRoles.RightsOf(role), [cvr], PortalRoles.TypesOf(role, grant is null ? [] : [grant]));
}
