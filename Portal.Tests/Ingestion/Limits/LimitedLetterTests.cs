using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Limits;

/// <summary>What happens to letters and statuses at the edge of a limit.</summary>
public sealed class LimitedLetterTests
{
    private const string Unit = "5a1b0c9e-0000-4000-8000-000000000001";
    private const string Sender = "<AfsenderSystemIdentifikator>Andet Fagsystem</AfsenderSystemIdentifikator>";
    private const string Uuid = "aaaaaaaa-0000-4000-8000-000000000001";

    private static readonly Viewer Whole = new("w", "W",
        ViewerRights.Messages | ViewerRights.Cases | ViewerRights.Counts | ViewerRights.RegisterLetters, [LettersFixture.Own],
        TypeScope.Everything);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Viewer Of(params AccessLimits[] limits) => Viewer.Of(
        "m", "Mette", limits.Select(l => new Grant(LettersFixture.Own, Whole.Rights, TypeScope.Everything, l)));

    private static AccessLimits Kle(params string[] patterns) => new([.. patterns], null, null);

    [Fact]
    public async Task A_correction_of_the_subject_takes_a_letter_out_of_a_limit_with_its_counts_and_says_what_changed()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        var letter = LettersFixture.Letter(uuid: Uuid) with
        {
            Kle = "27.45.12", OrganisationUnit = Unit, SentAt = fixture.Time.GetUtcNow(),
        };
        await RegisterAsync(fixture, letter);
        Assert.Equal((1, 1), await CountedAsync(fixture, Of(Kle("27.*"))));
        Assert.Equal((1, 1), await CountedAsync(fixture, Of(new AccessLimits(null, [Unit], null))));

        Assert.Equal(
            RegistrationOutcome.Corrected, await RegisterAsync(fixture, letter with { Kle = "32.03.01", OrganisationUnit = null }));

        Assert.Equal((0, 0), await CountedAsync(fixture, Of(Kle("27.*"))));
        Assert.Equal((0, 0), await CountedAsync(fixture, Of(new AccessLimits(null, [Unit], null))));
        Assert.Equal((1, 1), await CountedAsync(fixture, Of(Kle("27.*"), Kle("32.03.01"))));
        Assert.Equal((1, 1), await CountedAsync(fixture, Whole));
        var correction = Assert.Single((await fixture.Services.GetRequiredService<ICaseReader>().FindAsync(Whole, "24-0117", Stop))!.Letters
            .Single().Corrections);
        Assert.Equal(["KLE-emne: 27.45.12 → 32.03.01", $"Organisationsenhed: {Unit} → (tom)"], correction.Changes);
    }

    [Fact]
    public async Task Who_follows_the_log_within_limits_gets_a_status_when_it_is_matched_and_not_never()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await RegisterAsync(fixture, LettersFixture.Letter(uuid: Uuid) with { Kle = "27.45.12" });
        await fixture.ReceiveAsync(
            Stories.Envelopes.With(KnownHandlinger.AfleveretDigitalPost, $"<MessageUUID>{Uuid}</MessageUUID>{Sender}").Bytes);
        var viewer = Of(Kle("27.*"));

        var before = await fixture.Messages.ReadAfterAsync(viewer, MessageFilter.Everything, 0, 10, Stop);
        Assert.Equal((0, 0L), (before.Items.Count, before.Position));
        Assert.Single((await fixture.Messages.ReadAfterAsync(Whole, MessageFilter.Everything, 0, 10, Stop)).Items);
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);

        var after = await fixture.Messages.ReadAfterAsync(viewer, MessageFilter.Everything, before.Position, 10, Stop);
        Assert.Equal((1, 1L, "brev-1"), (after.Items.Count, after.Position, after.Items[0].LetterId));
    }

    [Fact]
    public async Task A_letter_says_nothing_of_the_letter_outside_that_it_replaces_and_ended_work_outside_is_not_listed()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter("gammelt", "a") with { Kle = "32.03.01" });
        await fixture.RegisterAsync(LettersFixture.Letter("nyt", "b") with { Kle = "27.45.12", Replaces = "gammelt" });

        Assert.Equal("gammelt", Assert.Single((await OneAsync(Whole)).Replaces).LetterId);
        Assert.Empty((await OneAsync(Of(Kle("27.*")))).Replaces);
        Assert.Single(await fixture.Worklist.EndedAsync(Whole, 10, Stop));
        Assert.Empty(await fixture.Worklist.EndedAsync(Of(Kle("27.*")), 10, Stop));
        Assert.Single(await fixture.Worklist.EndedAsync(Of(Kle("32.*")), 10, Stop));

        async Task<LetterView> OneAsync(Viewer viewer) =>
            (await fixture.Cases.FindAsync(viewer, "24-0117", Stop))!.Letters.Single(l => l.LetterId == "nyt");
    }

    [Fact]
    public async Task A_registered_letter_with_the_same_uuid_is_named_to_those_who_may_see_it_and_a_letter_is_not_its_own_twin()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter("kendt", uuid: Uuid) with { Kle = "32.03.01" });
        LetterRegistration[] sent =
        [
            LettersFixture.Letter("ny", uuid: $"{{{Uuid.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()}}}"),
            LettersFixture.Letter("kendt", uuid: Uuid), LettersFixture.Letter("anden", uuid: Guid.NewGuid().ToString()),
        ];

        Assert.Equal([new LetterOfSameUuid("24-0117", "kendt"), null, null], await fixture.Registry.SameUuidAsync(Whole, sent, Stop));
        Assert.Equal([new LetterOfSameUuid(null, null), null, null], await fixture.Registry.SameUuidAsync(Of(Kle("27.*")), sent, Stop));
    }

    [Fact]
    public async Task A_letter_outside_is_neither_registered_nor_corrected_and_the_others_of_the_call_are()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter("ude", "a") with { Kle = "32.03.01" });
        LetterRegistration[] sent =
        [
            LettersFixture.Letter("ny", "b") with { Kle = "27.45" }, LettersFixture.Letter("uden", "c"),
            LettersFixture.Letter("ude", "a") with { Kle = "27.45" },
        ];
        RegistrationOutcome[] wanted = [RegistrationOutcome.Created, RegistrationOutcome.OutsideLimits, RegistrationOutcome.OutsideLimits];

        Assert.Equal(wanted, await fixture.Registry.PreviewAsync(Of(Kle("27.*")), sent, Stop));
        Assert.Equal(wanted, await fixture.Registry.RegisterAsync(Of(Kle("27.*")), sent, RegistrationSource.Person, Stop));
        var found = (await fixture.Cases.FindAsync(Whole, "24-0117", Stop))!.Letters.ToDictionary(l => l.LetterId, l => l.Kle);
        Assert.Equal(("27.45", "32.03.01", 2), (found["ny"], found["ude"], found.Count));
    }

    [Fact]
    public async Task Many_patterns_are_compared_by_level_and_give_the_same_as_few()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        foreach (var (n, kle) in new[] { "27.45.12", "27.45", "27", "32.03.01", null }.Index())
            await fixture.RegisterAsync(LettersFixture.Letter($"brev-{n}", $"uuid-{n}") with { Kle = kle });
        string[] others = [.. Enumerable.Range(50, 40).Select(n => $"{n}.01.01"), "90.*", "91.02.*"];
        foreach (var pattern in (string[])["27.*", "27.45.*", "27.45.12", "27.45", "27", "32.03.*"])
        {
            var few = (await fixture.Cases.FindAsync(Of(Kle(pattern)), "24-0117", Stop))!.Letters.Select(l => l.LetterId);
            var many = (await fixture.Cases.FindAsync(Of(Kle([pattern, .. others])), "24-0117", Stop))!.Letters.Select(l => l.LetterId);
            Assert.Equal(few, many);
        }
    }

    [Fact]
    public async Task Muting_a_sender_takes_rows_of_every_subject_away_so_a_role_with_limits_may_not()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await fixture.ReceiveAsync(
            Stories.Envelopes.With(KnownHandlinger.AfleveretDigitalPost, $"<MessageUUID>{Uuid}</MessageUUID>{Sender}").Bytes);
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
        var mutes = fixture.Services.GetRequiredService<ISenderMutes>();
        Assert.NotNull(await mutes.SenderOfAsync(Whole, "s-1", Stop));
        var confidential = new AccessLimits(null, null, [.. KnownSikkerhedsklassificeringer.Fortrolige]);
        foreach (var viewer in (Viewer[])[Of(Kle("27.*")), Of(confidential)])
        {
            Assert.Null(await mutes.SenderOfAsync(viewer, "s-1", Stop));
            Assert.False(await mutes.MuteAsync(viewer, "s-1", "ikke vores", Stop));
        }
    }

    private static async Task<RegistrationOutcome> RegisterAsync(IngestionFixture fixture, LetterRegistration letter) =>
        (await fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(
            Whole, [letter], RegistrationSource.System, Stop))[0];

    // In the list of letters, and by month.
    private static async Task<(long, long)> CountedAsync(IngestionFixture fixture, Viewer viewer)
    {
        await fixture.Services.GetRequiredService<LetterCountingService>().CatchUpAsync(Stop);
        var month = Month.Of(fixture.Time.GetUtcNow());
        var figures = await fixture.Services.GetRequiredService<IFigureReader>().LettersAsync(viewer, null, month, month, Stop);
        var listed = await fixture.Services.GetRequiredService<ILetterList>().CountAsync(viewer, new LetterQuery(), Stop);
        return (listed, figures.Letters([month]));
    }
}
