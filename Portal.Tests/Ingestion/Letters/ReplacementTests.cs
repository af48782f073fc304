using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>A letter that is registered as sent instead of another.</summary>
public sealed class ReplacementTests
{
    private static readonly Viewer Anna = LettersFixture.Caseworker();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static LetterRegistration New(string? replaces = "brev-1") =>
        LettersFixture.Letter("brev-2", uuid: "BBBB") with { Replaces = replaces };

    private static async Task<LettersFixture> WithFailureAsync()
    {
        var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.Fejlet);
        return fixture;
    }

    private static async Task<FollowUpItem> RowAsync(LettersFixture fixture) =>
        Assert.Single((await fixture.Worklist.ReadAsync(Anna, new WorkQuery(), null, 100, Stop)).Items);

    [Fact]
    public async Task The_old_row_is_answered_the_two_are_linked_and_the_new_letter_has_the_owner_and_its_own_verdict()
    {
        await using var fixture = await WithFailureAsync();
        var row = await RowAsync(fixture);
        await fixture.Worklist.ActAsync(
            Anna, new WorkAction(WorkActionKind.Assigned, null, "anna", "Anna"), [new WorkTarget(row.Id, 0)], Stop);
        Assert.Equal(RegistrationOutcome.Created, await fixture.RegisterAsync(New()));

        var (old, made) = (await fixture.FindAsync(), await fixture.FindAsync("brev-2"));
        Assert.Equal(("brev-2", true, false), (old.ReplacedBy!.LetterId, old.IsSolved, old.NeedsAttention));
        Assert.Equal("brev-1", Assert.Single(made.Replaces).LetterId);
        Assert.Equal((WorkActionKind.Resent, "Anna", "brev-2"), (old.Work[^1].Kind, old.Work[^1].By, old.Work[^1].Other));
        Assert.Empty(await fixture.WorkAsync());

        await fixture.StatusAsync(KnownHandlinger.Fejlet, 3, uuid: "bbbb");
        var second = await RowAsync(fixture);
        Assert.Equal(("brev-2", "anna"), (second.LetterId, second.Work.OwnerId));
    }

    [Fact]
    public async Task A_repeat_changes_nothing_and_an_arrival_is_told_on_the_old_letter()
    {
        await using var fixture = await WithFailureAsync();
        await fixture.RegisterAsync(New());
        Assert.Equal(RegistrationOutcome.Unchanged, await fixture.RegisterAsync(New()));
        await fixture.RegisterAsync(New() with { Title = "Rettet titel" });
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 3, uuid: "bbbb");
        Assert.Equal([WorkActionKind.Resent, WorkActionKind.ReplacementArrived], (await fixture.FindAsync()).Work.Select(w => w.Kind));
    }

    [Fact]
    public async Task The_new_letter_may_be_registered_first_and_both_in_one_call_in_any_order()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(New());
        Assert.Empty((await fixture.FindAsync("brev-2")).Replaces);
        await fixture.RegisterAsync(LettersFixture.Letter());
        Assert.Equal("brev-2", (await fixture.FindAsync()).ReplacedBy?.LetterId);

        await fixture.Registry.RegisterAsync(
            Anna, [LettersFixture.Letter("brev-4", "DDDD") with { Replaces = "BREV‑3" }, LettersFixture.Letter("brev-3", "CCCC")], Stop);
        Assert.Equal("brev-4", (await fixture.FindAsync("brev-3")).ReplacedBy?.LetterId);
    }

    [Fact]
    public async Task Another_authoritys_letter_is_not_replaced_and_an_unknown_one_changes_nothing()
    {
        await using var fixture = await WithFailureAsync();
        await fixture.RegisterAsync(New(), cvr: "12345678");
        await fixture.RegisterAsync(New("findes-ikke") with { LetterId = "brev-9" });
        Assert.Null((await fixture.FindAsync()).ReplacedBy);
        Assert.Single(await fixture.WorkAsync());
    }

    [Theory]
    [InlineData("L-1", "Et brev kan ikke være sendt i stedet for sig selv.")]
    [InlineData("0101011234", "Brevets id ligner et CPR-nummer. Brug et id uden personnummer.")]
    [InlineData(" ", null)]
    public void The_old_letters_id_is_checked(string replaces, string? problem)
    {
        var result = LetterValidation.Validate(
            new LetterSubmission
            {
                CaseNumber = "24-1", LetterId = "L-1", Title = "T", Recipient = new RecipientSubmission { Name = "A" },
                SentAt = "2024-03-04T09:00:00Z", Identifiers = new LetterIdentifiers { MessageUuid = "x" }, Replaces = replaces,
            },
            new DateTimeOffset(2024, 3, 5, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(problem, result.Problems.SingleOrDefault(p => p.Field == "replaces")?.Message);
        if (problem is null) Assert.Null(result.Letter!.Replaces);
    }

    [Fact]
    public async Task What_a_new_letter_takes_over_is_masked_and_only_for_who_may_register_it()
    {
        await using var fixture = await WithFailureAsync();
        var row = await RowAsync(fixture);
        var source = new ResendSource(fixture);
        var draft = (await source.FindAsync(Anna, row.Id, Stop))!;
        Assert.Equal(("brev-1", "010101-xxxx"), (draft.Letter.LetterId, draft.Letter.Recipient.Id));
        Assert.Equal("0101011234", (await source.RecipientAsync(Anna, row.Id, Stop))!.Id);
        var reader = Anna with { Rights = ViewerRights.Cases };
        var stranger = LettersFixture.Caseworker("12345678");
        foreach (var (viewer, id) in new[] { (stranger, row.Id), (reader, row.Id), (Anna, "s-1"), (Anna, "l-99"), (Anna, "'; --") })
        {
            Assert.Null(await source.FindAsync(viewer, id, Stop));
            Assert.Null(await source.RecipientAsync(viewer, id, Stop));
        }
    }
}
