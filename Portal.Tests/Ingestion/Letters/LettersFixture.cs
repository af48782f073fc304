using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>Letters over a separate database; adds statuses to the log as the receiver does.</summary>
internal sealed class LettersFixture : IDbContextFactory<IngestionDbContext>, IAsyncDisposable
{
    public const string Own = "55133018";
    // Signs the log of actions of every such database.
    private static readonly LedgerKey Key = NewKey();

    private static readonly PreparedFolder Prepared = new(async folder =>
    {
        await using (var db = CreateDbContext(folder))
        {
            await db.Database.EnsureCreatedAsync();
            foreach (var log in JournalLog.All) await new JournalStart(Key).PrepareAsync(db, log, default);
        }

        SqlitePool.Clear(DatabaseIn(folder));
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("letters").FullName;
    private readonly WriteGate _gate = new();
    private readonly LogSignal _signal = new();
    private long _sequence;

    private LettersFixture()
    {
        Settings = new PortalSettings { KeyFolder = _folder };
        CprHash.ReadOrMake(Settings.SearchKeyPath);
        var hash = new CprHash(Settings);
        var kindCache = new MessageKindCache(Time);
        var actions = Actions = new ActionLog(new JournalAppender(Key), hash);
        Matcher = new LetterMatcher(this, kindCache, _gate, _signal, Settings, Time, NullLogger<LetterMatcher>.Instance);
        Registry = new LetterRegistry(this, kindCache, _gate, _signal, Settings, hash, actions, Time);
        Cases = new CaseReader(this, kindCache, Settings, hash, Time);
        Worklist = new WorklistService(this, kindCache, _gate, _signal, Settings, actions, Time);
        Hands = new HandMatching(this, kindCache, _gate, _signal, Settings, actions, Time);
        Meanings = new MeaningCatalogue(this, kindCache, new MeaningCache(Settings), _gate, _signal, Settings, actions, Time);
        Notes = new CaseNotes(this, _gate, _signal, actions, Time);
        Refold = new RuleRefoldService(
            this, kindCache, new ContentReader(new ContentCodec()), _gate, _signal, Settings, Time, NullLogger<RuleRefoldService>.Instance);
        Backfill = new LetterWordsBackfill(this, _gate, Time, NullLogger<LetterWordsBackfill>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2024, 3, 4, 10, 0, 0, TimeSpan.Zero));
    public PortalSettings Settings { get; }
    public LetterMatcher Matcher { get; }
    public LetterRegistry Registry { get; }
    public ActionLog Actions { get; }
    public CaseReader Cases { get; }
    public WorklistService Worklist { get; }
    public HandMatching Hands { get; }
    public CaseNotes Notes { get; }
    public IMeaningCatalogue Meanings { get; }
    public LetterWordsBackfill Backfill { get; }
    public RuleRefoldService Refold { get; }

    public static Viewer Caseworker(string cvr = Own, string id = "anna", string name = "Anna") =>
        new(id, name, ViewerRights.Cases | ViewerRights.Counts | ViewerRights.RegisterLetters, [cvr], TypeScope.None);

    public static async Task<LettersFixture> OpenAsync()
    {
        var fixture = new LettersFixture();
        await Prepared.CopyToAsync(fixture._folder);
        return fixture;
    }

    public static LetterRegistration Letter(string id = "brev-1", string? uuid = "AAAA", string? correlation = null) => new()
    {
        CaseNumber = "24-0117", CaseType = "huslejenaevn", LetterId = id, Title = "Afgørelse om husleje",
        Recipient = new LetterRecipient("Åse Lejer", "0101011234", "CPR"), SentAt = new DateTimeOffset(2024, 3, 4, 9, 0, 0, TimeSpan.Zero),
        Identifiers = new LetterIdentifiers { MessageUuid = uuid, CorrelationId = correlation },
    };

    public async Task<RegistrationOutcome> RegisterAsync(LetterRegistration letter, string cvr = Own) =>
        (await Registry.RegisterAsync(Caseworker(cvr), [letter], default))[0];

    public async Task StatusAsync(string action, double hours = 1, string? uuid = "aaaa", string? correlation = null, string cvr = Own,
        string? others = null, string? codes = null, string? error = null, bool match = true, string? statuses = null,
        string? responsible = null,
        (IdentifierRole Role, string? Value)[]? identifiers = null)
    {
        await using var db = CreateDbContext();
        var n = ++_sequence;
        var kind = new StoredMessageKind
        {
            Beskedtype = KnownBeskedtyper.PostStatus, Transport = "push", Authority = cvr, OtherAuthorities = others, Action = action,
            ActionName = KnownHandlinger.Names.GetValueOrDefault(action), IsPostStatus = true, EventCodes = codes, ErrorCode = error,
            ResponsibleAuthority = responsible,
        };
        var hash = kind.ComputeHash();
        var stored = await db.MessageKinds.SingleOrDefaultAsync(k => k.Hash == hash)
            ?? db.MessageKinds.Add(kind with { Hash = hash }).Entity;
        await db.SaveChangesAsync();
        db.Messages.Add(new StoredMessage
        {
            Sequence = n, BeskedId = $"besked-{n}", Kind = stored.Id, ReceivedAt = Time.GetUtcNow(),
            Identifiers = MessageIdentifiers.Pack(
                identifiers ?? [(IdentifierRole.MessageUuid, uuid), (IdentifierRole.CorrelationId, correlation)]),
            Statuses = statuses,
            StatusAt = new DateTimeOffset(2024, 3, 4, 9, 0, 0, TimeSpan.Zero).AddHours(hours), Sha256 = new byte[32],
        });
        await db.SaveChangesAsync();
        if (match) await Matcher.CatchUpAsync(default);
    }

    public async Task<LetterView> FindAsync(string id = "brev-1") =>
        (await Cases.FindAsync(Caseworker(), "24-0117", default))!.Letters.Single(l => l.LetterId == id);

    public async Task<IReadOnlyList<FollowUpItem>> WorkAsync(bool newestFirst = false) =>
        (await Cases.FollowUpAsync(Caseworker(), null, newestFirst, null, 100, default)).Items;

    public IngestionDbContext CreateDbContext() => CreateDbContext(_folder);

    public ValueTask DisposeAsync()
    {
        SqlitePool.Clear(DatabaseIn(_folder));
        Matcher.Dispose();
        Backfill.Dispose();
        Refold.Dispose();
        _gate.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static LedgerKey NewKey()
    {
        var key = new LedgerKey();
        key.Use(new LogSigner("test/beskeder", NSec.Cryptography.Key.Create(NSec.Cryptography.SignatureAlgorithm.Ed25519)));
        return key;
    }

    private static string DatabaseIn(string folder) => $"Data Source={Path.Combine(folder, "portal.db")}";

    private static IngestionDbContext CreateDbContext(string folder) =>
        new(new DbContextOptionsBuilder<IngestionDbContext>().UseSqlite(DatabaseIn(folder)).Options);
}
