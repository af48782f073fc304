using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Storage;

/// <summary>
/// The message side's tables: messages, quarantine, catalogue, letters. The portal side has its own context over the same database.
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

    /// <summary>
    /// Messages that belong to a letter of these authorities, with the letter's case. It is here because it joins tables of two folders.
    /// </summary>
    internal IQueryable<PlacedMessage> PlacedMessages(string[] authorities) =>
        from match in StatusMatches
        join letter in Letters on match.LetterKey equals letter.Key
        where authorities.Contains(letter.Authority)
        select new PlacedMessage
        {
            Sequence = match.Sequence, CaseNumber = letter.CaseNumber, CaseNumberKey = letter.CaseNumberKey,
            LetterId = letter.LetterId, LetterIdKey = letter.LetterIdKey, Title = letter.Title,
        };

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
        Portal.Ingestion.Log.Sqlite.PreparedRows.Insert(this, table, columns);

    /// <summary>Updates rows of a table, matched by the first of the columns.</summary>
    internal virtual RowWriter Updating(string table, params string[] columns) =>
        Portal.Ingestion.Log.Sqlite.PreparedRows.Update(this, table, columns);

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
