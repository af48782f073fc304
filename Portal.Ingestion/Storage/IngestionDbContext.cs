using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage.Sqlite;

namespace Portal.Ingestion.Storage;

/// <summary>
/// The message side's tables: messages, quarantine, catalogue, letters. The portal side has its own context over the same database.
/// The virtual members are the SQL that EF does not write, here for SQLite; another database's context overrides them.
/// </summary>
public class IngestionDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The history table of this side's migrations.</summary>
    public const string HistoryTable = "__IngestionMigrations";

    public DbSet<StoredMessage> Messages => Set<StoredMessage>();
    public DbSet<StoredContent> MessageContent => Set<StoredContent>();
    public DbSet<StoredMessageKind> MessageKinds => Set<StoredMessageKind>();
    public DbSet<StoredVolume> Volumes => Set<StoredVolume>();
    public DbSet<StoredCompression> Dictionaries => Set<StoredCompression>();
    public DbSet<QuarantinedContent> Quarantine => Set<QuarantinedContent>();
    public DbSet<Ingestion.Quarantine.StoredQuarantineClosing> QuarantineClosings => Set<Ingestion.Quarantine.StoredQuarantineClosing>();
    public DbSet<Ingestion.Quarantine.StoredQuarantineHold> QuarantineHolds => Set<Ingestion.Quarantine.StoredQuarantineHold>();
    public DbSet<StoredDatabaseFact> DatabaseFacts => Set<StoredDatabaseFact>();
    public DbSet<StoredBeskedtype> Beskedtyper => Set<StoredBeskedtype>();
    public DbSet<ReaderPosition> ReaderPositions => Set<ReaderPosition>();
    public DbSet<StoredLetter> Letters => Set<StoredLetter>();
    public DbSet<StoredLetterVersion> LetterVersions => Set<StoredLetterVersion>();
    public DbSet<StoredLetterIdentifier> LetterIdentifiers => Set<StoredLetterIdentifier>();
    public DbSet<StoredStatusMatch> StatusMatches => Set<StoredStatusMatch>();
    public DbSet<StoredIdentifier> MessageIdentifiers => Set<StoredIdentifier>();
    public DbSet<StoredLetterWord> LetterWords => Set<StoredLetterWord>();
    public DbSet<StoredWork> WorkItems => Set<StoredWork>();
    public DbSet<StoredWorkEntry> WorkEntries => Set<StoredWorkEntry>();
    public DbSet<StoredReplacement> LetterReplacements => Set<StoredReplacement>();
    public DbSet<StoredHandMatch> HandMatches => Set<StoredHandMatch>();
    public DbSet<Letters.Rules.StoredRuleSet> RuleSets => Set<Letters.Rules.StoredRuleSet>();
    public DbSet<Letters.Rules.StoredRuleChange> RuleChanges => Set<Letters.Rules.StoredRuleChange>();
    public DbSet<Letters.Meanings.StoredMeaning> StatusMeanings => Set<Letters.Meanings.StoredMeaning>();
    public DbSet<Letters.Meanings.StoredSender> Senders => Set<Letters.Meanings.StoredSender>();
    public DbSet<Letters.Meanings.StoredCarrier> Carriers => Set<Letters.Meanings.StoredCarrier>();
    public DbSet<Letters.Meanings.StoredMeaningChange> MeaningChanges => Set<Letters.Meanings.StoredMeaningChange>();
    public DbSet<StoredMutedSender> MutedSenders => Set<StoredMutedSender>();
    public DbSet<Letters.Delays.StoredLatePeriod> LatePeriods => Set<Letters.Delays.StoredLatePeriod>();
    public DbSet<StoredIncident> Incidents => Set<StoredIncident>();
    public DbSet<StoredHold> CaseHolds => Set<StoredHold>();
    public DbSet<StoredHoldEntry> CaseHoldEntries => Set<StoredHoldEntry>();
    public DbSet<Portal.Ingestion.Letters.StoredLetterErasure> LetterErasures => Set<Portal.Ingestion.Letters.StoredLetterErasure>();

    /// <summary>
    /// Waits until this transaction has the lock among all programs that share the database; it is released with the transaction. Take it
    /// before reading anything. Not needed on SQLite, which has one write transaction at a time.
    /// </summary>
    public virtual Task TakeLockAsync(WriteLock writeLock, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Sequence numbers of the messages whose error text contains these words in a row; the last word may be a prefix. At least one word.
    /// </summary>
    public virtual IQueryable<long> HoldingWords(IReadOnlyList<string> words)
    {
        var query = $"\"{string.Join(' ', words)}\" *";
        return Database.SqlQuery<long>($"""SELECT "rowid" AS "Value" FROM "ErrorSearch" WHERE "ErrorSearch" MATCH {query}""");
    }

    public DbSet<Figures.StoredLetterChange> LetterChanges => Set<Figures.StoredLetterChange>();
    public DbSet<Figures.StoredLetterFigure> LetterFigures => Set<Figures.StoredLetterFigure>();
    public DbSet<Figures.StoredLetterTally> LetterTallies => Set<Figures.StoredLetterTally>();
    public DbSet<Figures.StoredSubjectTally> SubjectTallies => Set<Figures.StoredSubjectTally>();

    /// <summary>
    /// Messages that belong to a letter, with the letter's case. It is here because it joins tables of two folders.
    /// </summary>
    internal IQueryable<PlacedMessage> PlacedMessages() =>
        from match in StatusMatches
        join letter in Letters on match.LetterKey equals letter.Key
        select new PlacedMessage
        {
            Authority = letter.Authority, Kle = letter.Kle, OrganisationUnit = letter.OrganisationUnit,
            Sequence = match.Sequence, Part = match.Part, CaseNumber = letter.CaseNumber, CaseNumberKey = letter.CaseNumberKey,
            LetterId = letter.LetterId, LetterIdKey = letter.LetterIdKey, Title = letter.Title,
        };

    /// <summary>The fields of letters that limits are about.</summary>
    internal IQueryable<LimitedLetter> LimitedLetters() => Letters.Select(l => new LimitedLetter
    {
        Key = l.Key, Authority = l.Authority, Kle = l.Kle, OrganisationUnit = l.OrganisationUnit,
    });

    /// <summary>Sequence numbers of the messages that belong to letters.</summary>
    internal IQueryable<long> SequencesOf(long[] letterKeys) =>
        StatusMatches.Where(m => m.LetterKey != null && EF.Parameter(letterKeys).Contains(m.LetterKey.Value)).Select(m => m.Sequence);

    /// <summary>
    /// Sequence numbers of the messages that belong to certain letters, newest first; of one that belongs to several, perhaps several
    /// times. The condition is on each match, so that the database reads these in the log's order until it has enough.
    /// </summary>
    internal IQueryable<long> NewestSequences(System.Linq.Expressions.Expression<Func<LimitedLetter, bool>> within, long before)
    {
        var letters = LimitedLetters().Where(within);
        return StatusMatches.Where(m => m.Sequence < before && letters.Any(l => l.Key == m.LetterKey))
            .OrderByDescending(m => m.Sequence).ThenByDescending(m => m.Part).Select(m => m.Sequence);
    }

    /// <summary>True when the log has any message.</summary>
    internal Task<bool> HasMessagesAsync(CancellationToken cancellationToken) => Messages.AnyAsync(cancellationToken);

    /// <summary>Messages by their BeskedIds, given in the form in which the log stores them.</summary>
    public virtual IQueryable<StoredMessage> MessagesOf(string[] beskedIds) =>
        Messages.AsNoTracking().Where(m => EF.Parameter(beskedIds).Contains(m.BeskedId));

    /// <summary>Sequence numbers of the messages whose BeskedId lies within bounds from <see cref="BeskedIdBytes.Beginning"/>.</summary>
    public virtual IQueryable<long> SequencesBetween(byte[] from, byte[] to) =>
        Database.SqlQuery<long>($"""SELECT "Sequence" AS "Value" FROM "Messages" WHERE "BeskedId" >= {from} AND "BeskedId" < {to}""");

    /// <summary>Inserts rows into a table; rows that exist already are left unchanged.</summary>
    internal virtual RowWriter Inserting(string table, params string[] columns) =>
        PreparedRows.Insert(this, table, columns);

    /// <summary>Updates rows of a table, matched by the first columns: as many as its key has.</summary>
    internal virtual RowWriter Updating(string table, int keys, params string[] columns) =>
        PreparedRows.Update(this, table, keys, columns);

    /// <summary>Deletes the words of error texts that <see cref="HoldingWords"/> finds, so that no bytes of them are left.</summary>
    internal virtual async Task EraseWordsAsync(long[] sequences, CancellationToken cancellationToken)
    {
        // FTS5 removes a row's words by the text that it stores itself, so neither today's masking nor a damaged message matters. Without
        // secure-delete it would only mark them as deleted.
        await Database.ExecuteSqlRawAsync(
            """INSERT INTO "ErrorSearch" ("ErrorSearch", "rank") VALUES ('secure-delete', 1)""", cancellationToken);
        var numbers = string.Join(',', sequences);
        await Database.ExecuteSqlAsync(
            $"""DELETE FROM "ErrorSearch" WHERE "rowid" IN (SELECT value FROM json_each({$"[{numbers}]"}))""", cancellationToken);
    }

    /// <summary>Runs <paramref name="work"/> so that the bytes of deleted rows are overwritten.</summary>
    internal virtual async Task<T> OverwritingAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        // Without secure_delete SQLite leaves the deleted bytes in the file. It is switched off again, since the connection goes back to
        // the pool, where it would slow other writes.
        await Database.OpenConnectionAsync(cancellationToken);
        await Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON", cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            await Database.ExecuteSqlRawAsync("PRAGMA secure_delete = OFF", CancellationToken.None);
        }
    }

    /// <summary>The database's name for people, and its size in bytes with indexes and write-ahead log.</summary>
    internal virtual Task<(string Provider, long Bytes)> SizeAsync(CancellationToken cancellationToken)
    {
        var path = Database.GetDbConnection().DataSource;
        return Task.FromResult(
            ("SQLite", ((string[])[path, path + "-wal"]).Select(p => new FileInfo(p)).Where(f => f.Exists).Sum(f => f.Length)));
    }

    /// <summary>Names of the triggers that are like <paramref name="pattern"/>.</summary>
    internal virtual IQueryable<string> Triggers(string pattern) =>
        Database.SqlQuery<string>($"""SELECT name AS "Value" FROM sqlite_master WHERE type = 'trigger' AND name LIKE {pattern}""");

    /// <summary>Statements that make a trigger, which is not there yet or stays as it is.</summary>
    internal virtual IReadOnlyList<string> TriggerSql(RowTrigger trigger) =>
    [
        $"""CREATE TRIGGER IF NOT EXISTS "{trigger.Name}" AFTER {trigger.Change} ON "{trigger.Table}" """
            + (trigger.Condition is null ? "" : $"WHEN {trigger.Condition} ") + $"BEGIN {trigger.Statement}; END",
    ];

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // EF on SQLite cannot order or compare DateTimeOffset, so times are stored as UTC ticks.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // Each folder configures the tables that it owns.
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(IngestionDbContext).Assembly);
    }
}

/// <summary>Lets <c>dotnet ef</c> create the context without starting the program.</summary>
public sealed class IngestionDbContextFactory : IDesignTimeDbContextFactory<IngestionDbContext>
{
    /// <inheritdoc />
    public IngestionDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<IngestionDbContext>()
            .UseSqlite("Data Source=:memory:", o => o.MigrationsHistoryTable(IngestionDbContext.HistoryTable))
            .Options);
}

/// <summary>A message with the case and the letter that it belongs to; see <see cref="IngestionDbContext.PlacedMessages"/>.</summary>
internal sealed class PlacedMessage : Domain.ILimitedRow
{
    public required string Authority { get; init; }
    public int? Kle { get; init; }
    public string? OrganisationUnit { get; init; }
    public required long Sequence { get; init; }

    /// <summary>See <see cref="ReportedStatus.Part"/>.</summary>
    public required int Part { get; init; }

    public required string CaseNumber { get; init; }
    public required string CaseNumberKey { get; init; }
    public required string LetterId { get; init; }
    public required string LetterIdKey { get; init; }
    public required string Title { get; init; }
}

/// <summary>See <see cref="IngestionDbContext.LimitedLetters"/>.</summary>
internal sealed class LimitedLetter : Domain.ILimitedRow
{
    public required long Key { get; init; }
    public required string Authority { get; init; }
    public int? Kle { get; init; }
    public string? OrganisationUnit { get; init; }
}

/// <summary>What the database does by itself after each row that is changed. The texts are SQL that every database has.</summary>
/// <param name="Name">One name a database.</param>
/// <param name="Change">E.g. <c>INSERT</c>, or <c>UPDATE OF "SolvedAt"</c>.</param>
/// <param name="Table">Its table, without quotes.</param>
/// <param name="Statement">What it does, without a semicolon; the row is <c>NEW</c>.</param>
/// <param name="Condition">Of the row <c>NEW</c>; null: every row.</param>
internal sealed record RowTrigger(string Name, string Change, string Table, string Statement, string? Condition = null);
