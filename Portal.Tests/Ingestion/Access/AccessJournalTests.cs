using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Retention;
using Portal.Tests.Ingestion.Journal;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Access;

/// <summary>The access log in the database: found by what is asked for, erased after its years, and never with a person number.</summary>
public abstract class AccessJournalTests
{
    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public async Task Lines_are_found_by_who_case_text_person_and_time_without_regard_to_capitals_or_writing()
    {
        await using var fixture = await OpenAsync();
        var at = fixture.Time.GetUtcNow();
        await AppendAsync(fixture,
            Line(at) with { ByName = "Ågot Øst", CaseNumber = "26–0412", LetterId = "L_1" },
            Line(at.AddHours(1)) with { ById = "key:esdh", ByName = "esdh", Text = "by \"Name\" 100%", Session = "s1" },
            Line(at.AddHours(2)) with { Person = "ab12", Authority = "12345678" });
        Assert.Equal("26–0412", Assert.Single(await ReadAsync(fixture, new AccessQuery { Who = "ågot ØST" })).CaseNumber);
        Assert.Equal("s1", Assert.Single(await ReadAsync(fixture, new AccessQuery { Who = "KEY:" })).Session);
        Assert.Empty(await ReadAsync(fixture, new AccessQuery { Who = "byName" }));
        Assert.Single(await ReadAsync(fixture, new AccessQuery { CaseNumber = "26-0412" }));
        Assert.Empty(await ReadAsync(fixture, new AccessQuery { CaseNumber = "26-041" }));
        Assert.Single(await ReadAsync(fixture, new AccessQuery { Text = "\"name\" 100%" }));
        Assert.Single(await ReadAsync(fixture, new AccessQuery { Text = "26-041" }));
        Assert.Single(await ReadAsync(fixture, new AccessQuery { Text = "l_1" }));
        Assert.Empty(await ReadAsync(fixture, new AccessQuery { Text = "L11" }));
        Assert.Single(await ReadAsync(fixture, new AccessQuery(From: at.AddHours(1))));
        Assert.Single(await ReadAsync(fixture, new AccessQuery(To: at.AddHours(1))));
        Assert.Empty(await ReadAsync(fixture, new AccessQuery { Person = "ab12" }));
        Assert.Single(await ReadAsync(fixture, new AccessQuery { Person = "ab12" }, "12345678"));
        Assert.Equal(3, (await ReadAsync(fixture, new AccessQuery(), IngestionFixture.Own, "12345678")).Count);
    }

    [Fact]
    public async Task Pages_hold_each_matching_line_once_also_when_few_of_many_match()
    {
        await using var fixture = await OpenAsync();
        await AppendAsync(fixture, [.. Enumerable.Range(0, 2500).Select(n => Line(fixture.Time.GetUtcNow().AddSeconds(n)) with
        {
            ByName = n % 500 == 0 ? "Sjælden" : "Sofie", CaseNumber = $"26-{n}",
        })]);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Journal(fixture).ReadAsync([IngestionFixture.Own], new AccessQuery { Who = "sjælden" }, cursor, 2, default);
            seen.AddRange(page.Items.Select(l => l.Record.CaseNumber!));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        Assert.Equal(["26-2000", "26-1500", "26-1000", "26-500", "26-0"], seen);
        await Assert.ThrowsAsync<FormatException>(() => Journal(fixture).ReadAsync([], new AccessQuery(), "x", 2, default));
    }

    [Fact]
    public async Task No_line_holds_a_person_number_and_a_case_whose_number_is_one_is_found_all_the_same()
    {
        await using var fixture = await OpenAsync();
        const string number = "010101-1234";
        await AppendAsync(fixture,
            Line(fixture.Time.GetUtcNow()) with
            {
                CaseNumber = $"sag {number}", LetterId = number, BeskedId = number, Purpose = $"om {number}", Text = number,
                Reference = number, ByName = $"Bo {number}",
            },
            Line(fixture.Time.GetUtcNow()) with { CaseNumber = "sag 010101-4321" });
        var rows = await fixture.DbAsync(db => db.Set<StoredJournalEntry>().Where(e => e.Log == 2).ToListAsync());
        Assert.All(rows, r => Assert.DoesNotContain("1234", $"{r.Id} {r.Kind} {r.CaseKey} {r.Json}", StringComparison.Ordinal));
        Assert.Equal("sag 010101-xxxx",
            Assert.Single(await ReadAsync(fixture, new AccessQuery { CaseNumber = $"Sag {number}" })).CaseNumber);
        Assert.Null((await fixture.VerdictAsync()).First);
    }

    [Fact]
    public async Task Lines_lose_their_text_after_their_years_and_keep_their_leaf_except_those_of_a_case_on_hold()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.RegisterAsync(fixture, 1);
        Assert.True(await fixture.Services.GetRequiredService<ICaseNotes>()
            .HoldAsync(LettersFixture.Caseworker(), "24-0117", true, "Klagesag", default));
        var at = fixture.Time.GetUtcNow();
        await AppendAsync(fixture, Line(at), Line(at) with { CaseNumber = "24–0117" }, Line(at.AddSeconds(1)));
        fixture.Time.SetUtcNow(at.AddYears(2));
        Assert.Equal(0, (await EraseAsync(fixture)).AccessLines);
        fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await EraseAsync(fixture)).AccessLines);
        Assert.Equal(0, (await EraseAsync(fixture)).AccessLines);
        Assert.Equal([null, "24–0117"], (await ReadAsync(fixture, new AccessQuery())).Select(r => r.CaseNumber));
        var verdict = await fixture.VerdictAsync();
        Assert.Null(verdict.First);
        Assert.Equal((3, 1), verdict.Journals.Where(j => j.Log == "adgang").Select(j => ((int)j.Size, (int)j.Erased)).Single());
        var erased = await fixture.DbAsync(db => db.Set<StoredJournalEntry>().SingleAsync(e => e.Log == 2 && e.Json == null));
        Assert.Equal((null, "Retention:AccessLogYears"), (erased.CaseKey, erased.ErasedBy));
    }

    [Fact]
    public async Task Whose_data_it_is_is_told_for_cases_messages_and_quarantine_and_for_nothing_else()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.RegisterAsync(fixture, 1);
        await fixture.ReceiveAsync(IngestionFixture.Envelope("4f1c2d3e-00ab-4000-8000-0000000000cd", to: "12345678"));
        await fixture.ReceiveAsync("<ikke-en-besked>");
        var owners = fixture.Services.GetRequiredService<IDataOwners>();
        var cases = await owners.OfCasesAsync(["24–0117", "24-9999"], default);
        Assert.Equal([IngestionFixture.Own], cases["24–0117"]);
        Assert.Empty(cases["24-9999"]);
        Assert.Equal(["12345678"], await owners.OfMessageAsync("{4F1C2D3E-00AB-4000-8000-0000000000CD}", default));
        Assert.Empty(await owners.OfMessageAsync("4f1c2d3e-00ab-4000-8000-0000000000ce", default));
        Assert.Equal([IngestionFixture.Own], await owners.OfQuarantineAsync("1", default));
        Assert.Empty(await owners.OfQuarantineAsync("x", default));
    }

    private static AccessRecord Line(DateTimeOffset at) => new("case-opened", IngestionFixture.Own, at, "p1", "Sofie");

    private static IAccessJournal Journal(IngestionFixture fixture) => fixture.Services.GetRequiredService<IAccessJournal>();

    private static Task AppendAsync(IngestionFixture fixture, params AccessRecord[] lines) => Journal(fixture).AppendAsync(lines, default);

    private static Task<ErasedCounts> EraseAsync(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<Eraser>().EraseAsync(default);

    private static async Task<IReadOnlyList<AccessRecord>> ReadAsync(
        IngestionFixture fixture, AccessQuery query, params string[] authorities) =>
    [
        .. (await Journal(fixture).ReadAsync(authorities.Length == 0 ? [IngestionFixture.Own] : authorities, query, null, 100, default))
            .Items.Select(l => l.Record),
    ];
}

public sealed class SqliteAccessJournalTests : AccessJournalTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}

[Collection(PostgresTests.Name)]
public sealed class PostgresAccessJournalTests(PostgresServer server) : AccessJournalTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
