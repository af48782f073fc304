using Microsoft.EntityFrameworkCore;
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
    public DbSet<StoredMutedSender> MutedSenders => Set<StoredMutedSender>();
    public DbSet<StoredIncident> Incidents => Set<StoredIncident>();
    public DbSet<StoredHold> CaseHolds => Set<StoredHold>();
    public DbSet<StoredHoldEntry> CaseHoldEntries => Set<StoredHoldEntry>();
    public DbSet<Portal.Ingestion.Letters.StoredLetterErasure> LetterErasures => Set<Portal.Ingestion.Letters.StoredLetterErasure>();

    /// <summary>
    /// Waits until this transaction is the only one of all programs that works on <paramref name="writeLock"/>; the lock ends with the
    /// transaction. Take it before anything else is read. On SQLite a transaction is alone anyway.
    /// </summary>
    public virtual Task TakeLockAsync(WriteLock writeLock, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Sequence numbers of the messages in whose error text these words are one after the other, the last one or its beginning. One word at
    /// least.
    /// </summary>
    public virtual IQueryable<long> HoldingWords(IReadOnlyList<string> words)
    {
        var query = $"\"{string.Join(' ', words)}\" *";
        return Database.SqlQuery<long>($"""SELECT "rowid" AS "Value" FROM "ErrorSearch" WHERE "ErrorSearch" MATCH {query}""");
    }

    public DbSet<Figures.StoredLetterChange> LetterChanges => Set<Figures.StoredLetterChange>();
    public DbSet<Figures.StoredLetterFigure> LetterFigures => Set<Figures.StoredLetterFigure>();
    public DbSet<Figures.StoredLetterTally> LetterTallies => Set<Figures.StoredLetterTally>();

    /// <summary>Messages that belong to a letter of these authorities, with it. Is here because it joins tables of two rooms.</summary>
    internal IQueryable<PlacedMessage> PlacedMessages(string[] authorities) =>
        from match in StatusMatches
        join letter in Letters on match.LetterKey equals letter.Key
        where authorities.Contains(letter.Authority)
        select new PlacedMessage
        {
            Sequence = match.Sequence, CaseNumber = letter.CaseNumber, CaseNumberKey = letter.CaseNumberKey,
            LetterId = letter.LetterId, LetterIdKey = letter.LetterIdKey, Title = letter.Title,
        };

    /// <summary>True when the log holds a message.</summary>
    internal Task<bool> HasMessagesAsync(CancellationToken cancellationToken) => Messages.AnyAsync(cancellationToken);

    /// <summary>Messages by their BeskedIds, in the form that the log knows them by.</summary>
    public virtual IQueryable<StoredMessage> MessagesOf(string[] beskedIds) =>
        Messages.AsNoTracking().Where(m => EF.Parameter(beskedIds).Contains(m.BeskedId));

    /// <summary>Numbers of the messages whose BeskedId lies within bounds of <see cref="BeskedIdBytes.Beginning"/>.</summary>
    public virtual IQueryable<long> SequencesBetween(byte[] from, byte[] to) =>
        Database.SqlQuery<long>($"""SELECT "Sequence" AS "Value" FROM "Messages" WHERE "BeskedId" >= {from} AND "BeskedId" < {to}""");

    /// <summary>Writes new rows of a table; rows that are there already stay as they are.</summary>
    internal virtual RowWriter Inserting(string table, params string[] columns) =>
        PreparedRows.Insert(this, table, columns);

    /// <summary>Changes rows of a table, known by the first of the columns.</summary>
    internal virtual RowWriter Updating(string table, params string[] columns) =>
        PreparedRows.Update(this, table, columns);

    /// <summary>Deletes the words of error texts that <see cref="HoldingWords"/> finds, so that no bytes of them are left.</summary>
    internal virtual async Task EraseWordsAsync(long[] sequences, CancellationToken cancellationToken)
    {
        // The index forgets a row's words by the text that it keeps next to them, as it was given: what is masked today plays no part, nor
        // whether the message can be read. Without secure-delete it would only note that they do not count any more.
        await Database.ExecuteSqlRawAsync(
            """INSERT INTO "ErrorSearch" ("ErrorSearch", "rank") VALUES ('secure-delete', 1)""", cancellationToken);
        var numbers = string.Join(',', sequences);
        await Database.ExecuteSqlAsync(
            $"""DELETE FROM "ErrorSearch" WHERE "rowid" IN (SELECT value FROM json_each({$"[{numbers}]"}))""", cancellationToken);
    }

    /// <summary>Runs <paramref name="work"/> so that the bytes of deleted rows are overwritten, where the database would leave them.</summary>
    internal virtual async Task<T> OverwritingAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        // The setting is the connection's, which goes back to the pool: there it would slow everyone's writes.
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
        // Each room brings the tables that it owns.
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(IngestionDbContext).Assembly);
    }
}
