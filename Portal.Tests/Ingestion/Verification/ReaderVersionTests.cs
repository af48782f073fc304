using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Verification;

/// <summary>
/// What was read out of a message carries the version that read it, so that a later reading rule does not make an unchanged log look
/// broken.
/// </summary>
public sealed class ReaderVersionTests
{
    private const int Count = 6;

    // The values that another version might have read, masked and matched.
    private const string ReadOtherwise = """
        UPDATE "Messages" SET "StatusAt" = 638000000000000000, "CreatedAt" = NULL, "Identifiers" = x'0103414243',
        "ErrorText" = 'anders maskeret';
        UPDATE "MessageKinds" SET "StatusText" = 'anders læst', "Action" = NULL;
        """;

    [Fact]
    public async Task What_an_earlier_version_read_is_counted_and_not_compared()
    {
        await using var fixture = await FilledAsync();
        Assert.Equal((true, 0L), await VerifyAsync(fixture));
        await fixture.SqlAsync(ReadOtherwise + """UPDATE "MessageKinds" SET "Reader" = 0""");
        Assert.Equal((true, Count), Messages(await VerdictAsync(fixture)));
    }

    [Fact]
    public async Task What_this_version_read_is_compared()
    {
        await using var fixture = await FilledAsync();
        await fixture.SqlAsync(ReadOtherwise);
        var verdict = await VerdictAsync(fixture);
        Assert.Equal((1L, LedgerProblem.RecordChanged), (verdict.First!.Sequence, verdict.First.Problem));
        Assert.Equal(Count, verdict.Wrong);
    }

    [Fact]
    public async Task What_a_later_version_read_is_not_compared_by_an_earlier_one()
    {
        await using var fixture = await FilledAsync();
        await fixture.SqlAsync(
            ReadOtherwise + """UPDATE "MessageKinds" SET "Reader" = 99; UPDATE "StatusMatches" SET "Matcher" = 99, "State" = 2""");
        Assert.True((await VerdictAsync(fixture)).Intact);
    }

    [Fact]
    public async Task A_status_that_earlier_rules_placed_elsewhere_is_counted_and_one_that_todays_rules_placed_is_compared()
    {
        await using var fixture = await FilledAsync();
        await fixture.SqlAsync("""UPDATE "StatusMatches" SET "State" = 2 WHERE "Sequence" = 4""");
        var moved = await VerdictAsync(fixture);
        Assert.Equal((4L, LedgerProblem.StatusMoved), (moved.First!.Sequence, moved.First.Problem));
        await fixture.SqlAsync("""UPDATE "StatusMatches" SET "Matcher" = 0 WHERE "Sequence" = 4""");
        Assert.Equal((true, 1L), await VerifyAsync(fixture));
    }

    [Fact]
    public async Task The_bytes_of_what_an_earlier_version_read_are_verified_all_the_same()
    {
        await using var fixture = await FilledAsync();
        await fixture.SqlAsync(
            """UPDATE "MessageKinds" SET "Reader" = 0; UPDATE "MessageContent" SET "Content" = zeroblob(40) WHERE "Sequence" = 5""");
        Assert.Equal(5, (await VerdictAsync(fixture)).First!.Sequence);
    }

    [Fact]
    public async Task Every_message_and_status_says_which_version_read_and_placed_it()
    {
        await using var fixture = await FilledAsync();
        await fixture.DbAsync(async db =>
        {
            Assert.All(await db.MessageKinds.ToListAsync(), kind => Assert.Equal(MessageDraftBuilder.ReaderVersion, kind.Reader));
            Assert.All(await db.StatusMatches.ToListAsync(), place => Assert.Equal(StatusMatching.Version, place.Matcher));
            return 0;
        });
    }

    private static (bool, long) Messages(LedgerVerdict verdict) => (verdict.Intact, verdict.Earlier - Count);

    private static async Task<(bool, long)> VerifyAsync(IngestionFixture fixture)
    {
        var verdict = await VerdictAsync(fixture);
        return (verdict.Intact, verdict.Earlier);
    }

    private static async Task<LedgerVerdict> VerdictAsync(IngestionFixture fixture) =>
        (await fixture.Services.GetRequiredService<LedgerVerifier>()
            .VerifyAsync(fixture.Services.GetRequiredService<LedgerKey>().Verifier, [], null, 0, TestContext.Current.CancellationToken))!;

    private static async Task<IngestionFixture> FilledAsync()
    {
        var fixture = await IngestionFixture.OpenAsync();
        await fixture.FillAsync(1, Count);
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
        return fixture;
    }
}
