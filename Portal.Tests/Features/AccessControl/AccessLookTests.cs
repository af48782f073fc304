using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Platform.Live;
using Portal.Platform.Storage;
using Portal.Tests.Ingestion.Journal;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Platform.Access;
using Xunit;

namespace Portal.Tests.Features.AccessControl;

/// <summary>What is read is in the access log, once a look, under the authority whose data it is, over the real readers.</summary>
public sealed class AccessLookTests : IAsyncLifetime
{
    private const string Other = "12345678";
    private static readonly Viewer Sofie = new(
        "p1", "Sofie", ViewerRights.Cases | ViewerRights.Messages, [IngestionFixture.Own], TypeScope.Everything) { Session = "s1" };
    private IngestionFixture _fixture = default!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await IngestionFixture.OpenAsync(more: services => services.AddPortalStorage().AddAccessControl());
        await Get<PortalDatabase>().PrepareAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private T Get<T>()
        where T : notnull => _fixture.Services.GetRequiredService<T>();

    private async Task<List<AccessRecord>> LogAsync(string cvr = IngestionFixture.Own) =>
        [.. (await Get<IAccessLog>().ReadAsync(IngestionFixture.Administrator(cvr), new AccessFilter(), null, 100, default)).Items
            .Select(e => e.Record)];

    private Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(int n, string cvr = IngestionFixture.Own,
        string caseNumber = "24-0117") =>
        Get<ILetterRegistry>().RegisterAsync(LettersFixture.Caseworker(cvr), [LettersFixture.Letter($"brev-{n}", ActionLogFixture.Uuid(n))
            with { CaseNumber = caseNumber }], default);

    [Fact]
    public async Task Opening_a_case_is_a_line_with_person_and_sign_in_and_the_same_look_again_within_a_minute_is_part_of_it()
    {
        await RegisterAsync(1);
        Assert.NotNull(await Get<ICaseReader>().FindAsync(Sofie, "24-0117", default));
        Assert.NotNull(await Get<ICaseReader>().FindAsync(Sofie, "24–0117", default));
        var line = Assert.Single(await LogAsync());
        Assert.Equal(("case-opened", "24-0117", "p1", "Sofie", "s1", false),
            (line.Kind, line.CaseNumber, line.ById, line.ByName, line.Session, line.Refused));
        await Get<ICaseReader>().FindAsync(Sofie with { Session = "s2" }, "24-0117", default);
        Assert.Equal(2, (await LogAsync()).Count);
        _fixture.Time.Advance(RecentLooks.Window);
        await Get<ICaseReader>().FindAsync(Sofie, "24-0117", default);
        Assert.Equal(3, (await LogAsync()).Count);
    }

    [Fact]
    public async Task A_page_that_stays_open_and_reads_again_by_itself_is_one_look_also_after_hours()
    {
        await RegisterAsync(1);
        await Get<ICaseReader>().FindAsync(Sofie, "24-0117", default);
        _fixture.Time.Advance(TimeSpan.FromHours(3));
        using var signal = new SemaphoreSlim(0);
        var raise = new LogSignal();
        await using var live = LiveSubscription.Start(raise, TimeProvider.System, TimeSpan.Zero, async stop =>
        {
            // As a component does it.
            await Task.Yield();
            await Get<ICaseReader>().FindAsync(Sofie, "24-0117", stop);
            signal.Release();
        }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        raise.Raise();
        await signal.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Single(await LogAsync());
        await Get<ICaseReader>().FindAsync(Sofie, "24-0117", default);
        Assert.Equal(2, (await LogAsync()).Count);
    }

    [Fact]
    public async Task A_case_or_message_of_another_authority_is_a_refusal_in_that_authoritys_log_and_what_does_not_exist_is_none()
    {
        await RegisterAsync(1, Other, "26-1");
        await _fixture.ReceiveAsync(IngestionFixture.Envelope("4f1c2d3e-00ab-4000-8000-0000000000cd", to: Other));
        Assert.Null(await Get<ICaseReader>().FindAsync(Sofie, "26-1", default));
        Assert.Null(await Get<ICaseReader>().FindAsync(Sofie, "26-2", default));
        Assert.Null(await Get<IMessageReader>().FindDetailAsync(Sofie, "4f1c2d3e-00ab-4000-8000-0000000000cd", default));
        Assert.Null(await Get<IMessageReader>().FindAsync(Sofie, "4f1c2d3e-00ab-4000-8000-0000000000ce", default));
        Assert.Empty(await LogAsync());
        Assert.Equal([("message-opened", true, "p1"), ("case-opened", true, "p1")],
            (await LogAsync(Other)).Select(l => (l.Kind, l.Refused, l.ById)));
    }

    [Fact]
    public async Task A_viewer_of_two_authorities_leaves_a_line_with_each_whose_data_was_shown_and_with_no_other()
    {
        await RegisterAsync(1, Other, "26-1");
        await RegisterAsync(2);
        await RegisterAsync(3, caseNumber: "24-0118");
        var both = Sofie with { Authorities = [IngestionFixture.Own, Other] };
        Assert.NotNull(await Get<ICaseReader>().FindAsync(both, "26-1", default));
        Assert.Empty(await LogAsync());
        Assert.Equal("26-1", Assert.Single(await LogAsync(Other)).CaseNumber);
        Assert.Equal(3, (await Get<ICaseReader>().SearchAsync(both, null, null, 10, default)).Items.Count);
        Assert.Equal(("case-list", 2), (await LogAsync()).Select(l => (l.Kind, l.Hits!.Value)).Single());
        Assert.Equal(("case-list", 1), (await LogAsync(Other)).Select(l => (l.Kind, l.Hits!.Value)).First());

        // The right to number, bytes and evidence is entered under the data's authority too.
        await Get<IAccessLog>().NoteAsync(both, new AccessNote(AccessKind.PersonNumber) { CaseNumber = "26-1" }, default);
        Assert.Equal("person-number", (await LogAsync(Other))[0].Kind);
        Assert.DoesNotContain(await LogAsync(), l => l.Kind == "person-number");
    }

    [Fact]
    public async Task Lists_searches_choices_and_streams_that_show_persons_are_lines_with_masked_text_and_empty_ones_are_none()
    {
        await RegisterAsync(1);
        await ActionLogFixture.StatusAsync(_fixture, "bbbbbbbb-0000-0000-0000-000000000009");
        _fixture.Time.Advance(TimeSpan.FromDays(30));
        await Get<ICaseReader>().SearchAsync(Sofie, "Afgørelse", null, 10, default);
        await Get<ICaseReader>().SearchAsync(Sofie, "findes ikke", null, 10, default);
        await Get<ILetterList>().ReadAsync(Sofie, new LetterQuery(null, null, null, null), null, 10, default);
        await Get<IHandMatching>().FindLettersAsync(Sofie, "s-1", "husleje", 10, default);
        await Get<IWorklistService>().ReadAsync(Sofie, new WorkQuery(), null, 10, default);
        await Get<ICaseReader>().FollowUpAsync(Sofie, null, true, null, 10, default);
        await Get<IMessageReader>().ListAsync(Sofie, new MessageFilter(), null, 10, default);
        await Get<IMessageReader>().ListAsync(Sofie, new MessageFilter(Text: "Fejlet"), null, 10, default);
        Assert.Equal(
            [("message-search", "Fejlet"), ("worklist", null), ("letters-shown", "husleje"), ("letters-shown", null),
                ("case-list", "Afgørelse")],
            (await LogAsync()).Select(l => (l.Kind, l.Text)));
    }

    [Fact]
    public async Task Looks_that_wait_are_kept_while_the_log_cannot_be_written_and_beyond_their_bound_nothing_more_is_shown()
    {
        var journal = new MemoryAccessJournal { Error = new StorageUnavailableException("Databasen svarer ikke.") };
        await using var services = Services(journal);
        var (looks, service) = (services.GetRequiredService<AccessLooks>(), services.GetRequiredService<AccessLookService>());
        for (var n = 0; n < AccessLooks.Most; n++) looks.Add(Sofie, new AccessNote(AccessKind.CaseOpened) { CaseNumber = $"{n}" });
        await Assert.ThrowsAsync<StorageUnavailableException>(() => service.FlushAsync(default));
        var late = new AccessNote(AccessKind.CaseOpened) { CaseNumber = "for meget" };
        Assert.Throws<AccessLogUnavailableException>(() => looks.Add(Sofie, late));
        Assert.Throws<AccessLogUnavailableException>(() => looks.Add(Sofie, late));
        journal.Error = null;
        await service.FlushAsync(default);
        looks.Add(Sofie, late);
        await service.FlushAsync(default);
        Assert.Equal(AccessLooks.Most + 1, journal.Records.Count);
        Assert.Equal("for meget", journal.Records[^1].CaseNumber);
    }

    [Fact]
    public async Task A_look_that_cannot_be_written_for_a_reason_of_its_own_does_not_hold_up_the_others()
    {
        var journal = new MemoryAccessJournal();
        await using var services = Services(journal, new FailingOwners());
        var looks = services.GetRequiredService<AccessLooks>();
        looks.Add(Sofie, new AccessNote(AccessKind.CaseOpened) { CaseNumber = "1" });
        looks.Add(Sofie, new AccessNote(AccessKind.CaseOpened) { CaseNumber = "2", Refused = true });
        looks.Add(Sofie, new AccessNote(AccessKind.CaseOpened) { CaseNumber = "3" });
        await services.GetRequiredService<AccessLookService>().FlushAsync(default);
        Assert.Equal(["1", "3"], journal.Records.Select(r => r.CaseNumber));
    }

    [Fact]
    public async Task The_looks_that_wait_are_written_at_a_stop()
    {
        var journal = new MemoryAccessJournal();
        await using var services = Services(journal);
        var service = services.GetRequiredService<AccessLookService>();
        await service.StartAsync(default);
        services.GetRequiredService<IAccessLooks>().Add(Sofie, new AccessNote(AccessKind.CaseOpened) { CaseNumber = "26-1" });
        await service.StopAsync(default);
        Assert.Equal("26-1", Assert.Single(journal.Records).CaseNumber);
    }

    [Fact]
    public async Task What_must_be_on_record_first_is_refused_when_the_log_cannot_be_written()
    {
        var journal = new MemoryAccessJournal { Error = new StorageUnavailableException("Databasen svarer ikke.") };
        await using var services = Services(journal);
        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => services.GetRequiredService<IAccessLog>()
            .NoteAsync(Sofie, new AccessNote(AccessKind.ExactBytes), default));
    }

    [Fact]
    public async Task Lines_from_before_the_log_was_signed_are_moved_into_it_once_and_say_so()
    {
        var contexts = Get<IDbContextFactory<PortalDbContext>>();
        await using (var db = await contexts.CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            db.AddRange(Enumerable.Range(0, 1100).Select(n => new StoredAccess
            {
                Authority = IngestionFixture.Own, At = _fixture.Time.GetUtcNow().AddDays(-1), ViewerId = "p1", ViewerName = "Sofie",
                Kind = "exact-bytes", Reference = $"{n}",
            }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(1100, await Get<AccessTakeIn>().RunAsync(default));
        Assert.Equal(0, await Get<AccessTakeIn>().RunAsync(default));
        var lines = await LogAsync();
        Assert.Equal(("1099", true, "exact-bytes"), (lines[0].Reference, lines[0].Earlier, lines[0].Kind));
        Assert.Equal(
            AccessKind.ExactBytes, (await Get<IAccessLog>().ReadAsync(IngestionFixture.Administrator(),
                new AccessFilter(AccessKind.ExactBytes),
                null, 1, default)).Items[0].Kind);
        Assert.Null((await _fixture.VerdictAsync()).First);
    }

    private ServiceProvider Services(IAccessJournal journal, IDataOwners? owners = null) => new ServiceCollection().AddLogging()
        .AddSingleton<TimeProvider>(_fixture.Time).AddSingleton(journal).AddSingleton(owners ?? new FakeOwners())
        .AddSingleton(Get<CprHash>()).AddAccessControl().BuildServiceProvider();

    private sealed class FailingOwners : IDataOwners
    {
        public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OfCasesAsync(
            IReadOnlyCollection<string> caseNumbers, CancellationToken cancellationToken) => throw new FormatException();

        public Task<IReadOnlyList<string>> OfMessageAsync(string beskedId, CancellationToken cancellationToken) =>
            throw new FormatException();

        public Task<IReadOnlyList<string>> OfQuarantineAsync(string id, CancellationToken cancellationToken) =>
            throw new FormatException();
    }
}
