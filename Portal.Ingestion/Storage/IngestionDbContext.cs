using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;

namespace Portal.Ingestion.Storage;

/// <summary>The message side's tables: messages, quarantine, catalogue, letters. The portal side has its own context over the same database.</summary>
public class IngestionDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The history table of this side's migrations.</summary>
    public const string HistoryTable = "__IngestionMigrations";

    public DbSet<StoredMessage> Messages => Set<StoredMessage>();
    public DbSet<StoredContent> MessageContent => Set<StoredContent>();
    public DbSet<StoredKind> MessageKinds => Set<StoredKind>();
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
    public DbSet<Retention.StoredLetterErasure> LetterErasures => Set<Retention.StoredLetterErasure>();

    /// <summary>
    /// Waits until this transaction is the only one of all programs that works on <paramref name="turn"/>; the turn ends with the transaction. Take it
    /// before anything else is read. On SQLite a transaction is alone anyway.
    /// </summary>
    public virtual Task TakeTurnAsync(WriteTurn turn, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sequence numbers of the messages in whose error text these words stand one after the other, the last one or its beginning. One word at least.</summary>
    public virtual IQueryable<long> HoldingWords(IReadOnlyList<string> words)
    {
        var query = $"\"{string.Join(' ', words)}\" *";
        return Database.SqlQuery<long>($"""SELECT "rowid" AS "Value" FROM "ErrorSearch" WHERE "ErrorSearch" MATCH {query}""");
    }
    public DbSet<Figures.StoredLetterChange> LetterChanges => Set<Figures.StoredLetterChange>();
    public DbSet<Figures.StoredLetterFigure> LetterFigures => Set<Figures.StoredLetterFigure>();
    public DbSet<Figures.StoredLetterTally> LetterTallies => Set<Figures.StoredLetterTally>();

    /// <summary>Messages by their BeskedIds, in the form that the log knows them by.</summary>
    public virtual IQueryable<StoredMessage> MessagesOf(string[] beskedIds) => Messages.AsNoTracking().Where(m => EF.Parameter(beskedIds).Contains(m.BeskedId));

    /// <summary>Numbers of the messages whose BeskedId lies within bounds of <see cref="BeskedIdBytes.Beginning"/>.</summary>
    public virtual IQueryable<long> SequencesBetween(byte[] from, byte[] to) => Database.SqlQuery<long>($"""SELECT "Sequence" AS "Value" FROM "Messages" WHERE "BeskedId" >= {from} AND "BeskedId" < {to}""");

    /// <summary>Writes new rows of a table; rows that are there already stay as they are.</summary>
    internal virtual RowWriter Inserting(string table, params string[] columns) => Sqlite.PreparedRows.Insert(this, table, columns);

    /// <summary>Changes rows of a table, known by the first of the columns.</summary>
    internal virtual RowWriter Updating(string table, params string[] columns) => Sqlite.PreparedRows.Update(this, table, columns);

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // EF on SQLite cannot order or compare DateTimeOffset, so time stands as UTC ticks.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Operations.OperationsModel.Configure(modelBuilder);
        Services.ServicesModel.Configure(modelBuilder);
        WorkModel.Configure(modelBuilder);
        NotesModel.Configure(modelBuilder);
        modelBuilder.ApplyConfiguration(new LetterWordModel());
        modelBuilder.ApplyConfiguration(new Retention.LetterErasureModel());
        modelBuilder.ApplyConfiguration(new Ingestion.Quarantine.QuarantineClosingModel());
        modelBuilder.Entity<StoredDatabaseFact>(e =>
        {
            e.ToTable("DatabaseFacts");
            e.HasKey(f => f.Name);
            e.Property(f => f.Name).HasMaxLength(100);
        });
        Ledger.LedgerModel.Configure(modelBuilder);
        Figures.FiguresModel.Configure(modelBuilder);
        modelBuilder.Entity<StoredMessage>(e =>
        {
            e.ToTable("Messages");
            e.HasKey(m => m.Sequence);
            e.Property(m => m.Sequence).ValueGeneratedNever();
            e.Property(m => m.BeskedId).HasConversion<BeskedIdBytes.Converter>();
            e.HasIndex(m => m.BeskedId).IsUnique();
            e.HasIndex(m => new { m.Kind, m.Sequence });
            e.HasIndex(m => m.ReceivedAt);
        });
        modelBuilder.Entity<StoredContent>(e =>
        {
            e.ToTable("MessageContent");
            e.HasKey(c => c.Sequence);
            e.Property(c => c.Sequence).ValueGeneratedNever();
        });
        modelBuilder.Entity<StoredKind>(e =>
        {
            e.ToTable("MessageKinds");
            e.HasKey(k => k.Id);
            e.HasIndex(k => k.Hash).IsUnique();
        });
        modelBuilder.Entity<StoredVolume>(e =>
        {
            e.ToTable("Volumes");
            e.HasKey(v => new { v.Span, v.Bucket, v.Kind });
        });
        modelBuilder.Entity<StoredCompression>(e =>
        {
            e.ToTable("Dictionaries");
            e.HasKey(d => d.Id);
            e.Property(d => d.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<QuarantinedContent>(e =>
        {
            e.ToTable("Quarantine");
            e.HasKey(q => q.Id);
            e.HasIndex(q => q.Sha256);
        });
        modelBuilder.Entity<StoredBeskedtype>(e =>
        {
            e.ToTable("Beskedtyper");
            e.HasKey(t => t.Beskedtype);
        });
        modelBuilder.Entity<ReaderPosition>(e =>
        {
            e.ToTable("ReaderPositions");
            e.HasKey(p => p.Reader);
        });
        modelBuilder.Entity<StoredLetter>(e =>
        {
            e.ToTable("Letters");
            e.HasKey(l => l.Key);
            e.HasIndex(l => new { l.Authority, l.LetterId }).IsUnique();
            e.Property(l => l.CaseNumberKey).HasDefaultValue("");
            e.Property(l => l.LetterIdKey).HasDefaultValue("");
            e.HasIndex(l => new { l.Authority, l.LetterIdKey });
            e.HasIndex(l => new { l.Authority, l.CaseNumberKey });
            e.HasIndex(l => new { l.Verdict, l.EvidenceDeadline });
            e.HasIndex(l => l.RecipientHash);
            e.HasIndex(l => l.SentAt);
            e.HasIndex(l => new { l.Authority, l.SentAt, l.Key });
        });
        modelBuilder.Entity<StoredLetterVersion>(e =>
        {
            e.ToTable("LetterVersions");
            e.HasKey(v => new { v.LetterKey, v.Version });
        });
        modelBuilder.Entity<StoredLetterIdentifier>(e =>
        {
            e.ToTable("LetterIdentifiers");
            e.HasKey(i => new { i.Authority, i.Kind, i.Value, i.LetterKey });
            e.HasIndex(i => i.LetterKey);
        });
        modelBuilder.Entity<StoredStatusMatch>(e =>
        {
            e.ToTable("StatusMatches");
            e.HasKey(m => m.Sequence);
            e.Property(m => m.Sequence).ValueGeneratedNever();
            e.HasIndex(m => m.LetterKey).HasFilter("\"LetterKey\" IS NOT NULL");
            e.HasIndex(m => new { m.State, m.Since }).HasFilter("\"State\" <> 1");
            e.HasIndex(m => new { m.Mute, m.Sequence }).HasFilter("\"Mute\" IS NOT NULL");
        });
        modelBuilder.Entity<StoredIdentifier>(e =>
        {
            e.ToTable("MessageIdentifiers");
            e.HasKey(i => new { i.Bucket, i.Key, i.Sequence });
        });
    }
}
