using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Features.AccessControl;
using Portal.Features.Benefits.Figures;
using Portal.Features.Chains.Document;
using Portal.Features.FollowUp.Digest;
using Portal.Features.FollowUp.People;
using Portal.Features.Reports.Issued;
using Portal.Features.Reports;
using Portal.Features.Reports.Monthly;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Platform.Access;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Http;
using Portal.Platform.Mail;
using Portal.Platform.Mail.Outbox;
using Portal.Tests.Features.Chains;
using Portal.Tests.Features.Evidence;
using Portal.Tests.Features.Reports;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Platform.Access;
using Portal.Tests.Platform.Documents;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>
/// The same as <see cref="ServiceFaultTests"/> for the portal's background services: each × each call that it makes to the database × each
/// sort of exception. A mail may be sent twice with one Message-Id when the record of its sending was lost; it counts once, since the
/// recipient's server recognises the id.
/// </summary>
public abstract class PortalServiceFaultTests
{
    private static readonly Uri Site = new("https://portal.kommune.dk/");

    private static readonly Dictionary<string, Func<PortalSide, Func<Func<Task>, Task>, Task>> Works = new()
    {
        ["monthly-reports"] = async (portal, inRounds) =>
        {
            var fixture = portal.Fixture;
            var scope = ReportScope.Of("k");
            portal.Reports.Figures.Chains["k"] = Given.Chain(Given.Benefit("Mindre spildtid", BenefitState.OnTrack, 925, 0, 1000, "timer"));
            Assert.Null(await new ReportSchedules(fixture, portal.Gate, PublicAddress.AsAsked, fixture.Time)
                .SaveAsync(Given.Facilitator, scope, "mette@kommune.dk; bo@kommune.dk", Site, default));
            fixture.Time.SetUtcNow(new DateTimeOffset(2026, 5, 2, 8, 0, 0, TimeSpan.Zero));
            var archive = new ReportArchive(fixture, portal.Gate, fixture.Time);
            var mails = new ReportMails(fixture, archive, new FakePdf(), portal.Gate, PublicAddress.AsAsked, fixture.Time);
            await inRounds(async () =>
            {
                await mails.TakeOverAsync(default);
                await new MonthlyReports(fixture, portal.Reports.Maker, archive, fixture.Time).IssueDueAsync(default);
            });
        },
        ["digests"] = async (portal, inRounds) =>
        {
            await portal.SubscribeAsync();
            using var sender =
                new DigestSender(portal.Fixture, portal.Mails, portal.Gate, portal.Fixture.Time, NullLogger<DigestSender>.Instance);
            await inRounds(() => sender.QueueDueAsync(default));
        },
        ["mail"] = async (portal, inRounds) =>
        {
            await portal.SubscribeAsync();
            using (var sender = new DigestSender(
                portal.Fixture, portal.Mails, portal.Gate, portal.Fixture.Time, NullLogger<DigestSender>.Instance))
            {
                Assert.Equal(3, await sender.QueueDueAsync(default));
            }
            var outbox = new MailOutbox(
                portal.Fixture, [new Writer()], portal.Mails, portal.Gate, portal.Fixture.Time, NullLogger<MailOutbox>.Instance);
            await inRounds(() => outbox.SendDueAsync(default));

            // A mail claimed when the fault came is sent when its claim expires.
            portal.Fixture.Time.Advance(MailOutbox.Lease);
            await outbox.SendDueAsync(default);
        },
        ["access-log-earlier"] = async (portal, inRounds) =>
        {
            await using (var db = portal.Fixture.CreateDbContext())
            {
                db.AddRange(Enumerable.Range(0, 8).Select(_ => new StoredAccess { Authority = ChainFixture.Own,
                    At = portal.Fixture.Time.GetUtcNow(), ViewerId = "v", ViewerName = "V", Kind = "exact-bytes" }));
                await db.SaveChangesAsync();
            }

            var journal = new MemoryAccessJournal();
            using var earlier = new AccessTakeIn(
                portal.Fixture, journal, portal.Gate, portal.Fixture.Time, NullLogger<AccessTakeIn>.Instance);
            await inRounds(() => earlier.RunAsync(default));
        },
        ["sessions"] = async (portal, inRounds) =>
        {
            var time = portal.Fixture.Time;
            var settings = new AccessSettings(SignInMode.Development, []);
            var open = new OpenSessions(time);
            var store = new SessionStore(
                portal.Fixture, portal.Gate, new EphemeralDataProtectionProvider(), open, settings, time,
                NullLogger<SessionStore>.Instance);
            var ticket = new AuthenticationTicket(ViewerClaims.Of(Persona.All[0], ChainFixture.Own), "Session");
            await store.BeginAsync(ticket, "", "", default);
            await using (var db = portal.Fixture.CreateDbContext()) open.Add((await db.Set<StoredSession>().SingleAsync()).Id, _ => { });
            open.Use(open.Ids[0]);
            time.Advance(TimeSpan.FromHours(11));
            using var watch = new SessionExpiryService(
                portal.Fixture, portal.Gate, store, open, settings, time, NullLogger<SessionExpiryService>.Instance);
            await inRounds(async () =>
            {
                await watch.NoteUseAsync(default);
                await watch.CloseAsync(default);
                await watch.EraseAsync(default);
            });
        },
        ["api-keys"] = async (portal, inRounds) =>
        {
            var use = new ApiKeyUse(portal.Fixture, portal.Gate, portal.Fixture.Time);
            foreach (var name in (string[])["a", "b"]) use.Use(new ApiKey(name, name, null, [], []));
            await inRounds(() => use.WriteAsync(all: false, default));
            portal.Fixture.Time.Advance(TimeSpan.FromMinutes(2));
            use.Use(new ApiKey("a", "a", null, [], []));
            await inRounds(() => use.WriteAsync(all: false, default));
        },
        ["chain-trash"] = async (portal, inRounds) =>
        {
            foreach (var id in (string[])["a", "b", "c"]) await portal.Fixture.MakeAsync(id: id);
            foreach (var id in (string[])["a", "b"])
                Assert.True(await portal.Fixture.Store.DeleteAsync(ChainFixture.Facilitator(), id, default));
            portal.Fixture.Time.Advance(TimeSpan.FromDays(31));
            await inRounds(() => portal.Fixture.Store.PurgeAsync(default));
        },
        ["chain-sessions"] = async (portal, inRounds) =>
        {
            await portal.Fixture.MakeAsync(id: "k");
            var here = portal.Fixture.Node();
            var session = await portal.Fixture.SessionAsync("k", here);
            using var connection = session.Join(ChainFixture.Editor("anna"), _ => { });
            var there = await portal.Fixture.SessionAsync("k", portal.Fixture.Node());
            for (var n = 0; n < 3; n++)
                await there.ApplyAsync(ChainFixture.Editor("bo"), ChainOperation.Add($"b{n}", ChainKind.Note), default);
            await inRounds(() => here.RefreshAsync(default));

            // A refresh that failed is retried a second later.
            await here.RefreshAsync(default);
            Assert.Equal(there.State.Number, session.State.Number);
            Assert.Equal(3, session.State.Document.Elements.Count);
        },
    };

    public static TheoryData<string> Services => [.. Works.Keys];

    private protected abstract bool IsPostgres { get; }

    /// <summary>The portal's tables in a separate database.</summary>
    private protected abstract Task<ChainFixture> OpenAsync();

    private protected Task<int> TryAllAsync(string service, int every) =>
        FaultMatrix.TryAllAsync(service, IsPostgres, every, async (faults, inRounds) =>
        {
            await using var portal = new PortalSide(await OpenAsync());
            portal.Fixture.Interceptors.AddRange([faults, faults.Commits]);
            await Works[service](portal, inRounds);
            await using var db = portal.Fixture.CreateDbContext();
            await db.Database.OpenConnectionAsync();
            return $"mails {string.Join(' ', portal.Mails.Sent.Distinct().Order(StringComparer.Ordinal))}\n" + await FaultMatrix.ReadAsync(
                db.Database.GetDbConnection(),
                """SELECT "ChainId", "LastMonth", "Recipients" FROM "ReportSchedules" ORDER BY 1""",
                """SELECT "Authority", "Number", "ChainId" FROM "BenefitReports" ORDER BY 1, 2""",
                """SELECT "Kind", "About", "Recipient", "EndedAt" IS NULL, "End", "Claim" IS NULL FROM "OutgoingMails" ORDER BY 1, 2, 3""",
                """SELECT "Id", "DigestTo", "DigestDay" FROM "Colleagues" ORDER BY 1""",
                """SELECT COUNT(*) FROM "AccessLog" """,
                """SELECT "ViewerId", "Why" FROM "Sessions" ORDER BY 1, 2""",
                """SELECT "Id", "UsedAt" FROM "ApiKeyUses" ORDER BY 1""",
                """SELECT "Id", "LastNumber", "DeletedAt" IS NULL FROM "Chains" ORDER BY 1""",
                """SELECT "ChainId", "Number" FROM "ChainOperations" ORDER BY 1, 2""");
        });

    private sealed class PortalSide(ChainFixture fixture) : IAsyncDisposable
    {
        public ChainFixture Fixture => fixture;
        public WriteGate Gate { get; } = new();
        public Kept Mails { get; } = new();
        public ReportFixture Reports { get; } = new();

        public async Task SubscribeAsync()
        {
            var people = new WorkPeople(fixture, Gate, PublicAddress.AsAsked, fixture.Time);
            foreach (var id in (string[])["anna", "bent", "carl"])
                await people.ChooseDigestAsync(LettersFixture.Caseworker(id: id, name: id), $"{id}@kommune.dk", Site, default);
        }

        public async ValueTask DisposeAsync()
        {
            await fixture.DisposeAsync();
            await Reports.DisposeAsync();
            Gate.Dispose();
        }
    }

    private sealed class Kept : IMailer
    {
        public List<string> Sent { get; } = [];

        public bool IsConfigured => true;

        public Task SendAsync(MailMessage message, CancellationToken cancellationToken)
        {
            Sent.Add($"{message.Id} {message.To}");
            return Task.CompletedTask;
        }
    }

    private sealed class Writer : IMailWriter
    {
        public string Kind => DigestMails.Name;

        public Task<MailMessage?> WriteAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
            Task.FromResult<MailMessage?>(new MailMessage(mail.Recipient, "Opfølgning", "1"));
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqlitePortalServiceFaultTests : PortalServiceFaultTests
{
    private protected override bool IsPostgres => false;

    private protected override Task<ChainFixture> OpenAsync() => ChainFixture.OpenAsync();

    [Theory]
    [MemberData(nameof(Services))]
    public Task A_service_that_met_a_fault_ends_as_one_that_met_none(string service) => TryAllAsync(service, every: 4);

    [Theory, Long]
    [MemberData(nameof(Services))]
    public Task A_service_that_met_a_fault_at_any_call_ends_as_one_that_met_none(string service) => TryAllAsync(service, every: 1);
}
