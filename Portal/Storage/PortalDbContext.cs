using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Storage;

/// <summary>
/// The portal side's tables, over the same database as the message side. Nothing here is particular to a provider; a context for another one
/// derives from this and brings its own migrations.
/// </summary>
public class PortalDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The history table of this side's migrations.</summary>
    public const string HistoryTable = "__PortalMigrations";

    public DbSet<StoredChain> Chains => Set<StoredChain>();
    public DbSet<StoredChainOperation> ChainOperations => Set<StoredChainOperation>();
    public DbSet<StoredChainSnapshot> ChainSnapshots => Set<StoredChainSnapshot>();
    public DbSet<StoredChainVersion> ChainVersions => Set<StoredChainVersion>();
    public DbSet<StoredHintDismissal> HintDismissals => Set<StoredHintDismissal>();
    public DbSet<StoredWorkshop> Workshops => Set<StoredWorkshop>();
    public DbSet<StoredColleague> Colleagues => Set<StoredColleague>();
    public DbSet<StoredWorkFilter> WorkFilters => Set<StoredWorkFilter>();
    public DbSet<Mail.Outbox.OutgoingMail> OutgoingMails => Set<Mail.Outbox.OutgoingMail>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        // EF on SQLite cannot order or compare DateTimeOffset, so time stands as UTC ticks.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        PeopleModel.Configure(modelBuilder);
        modelBuilder.ApplyConfiguration(new Access.Log.AccessModel());
        modelBuilder.ApplyConfiguration(new Mail.Outbox.OutgoingMailModel());
        modelBuilder.ApplyConfiguration(new Reports.Conclusions.OverviewConclusionModel());
        Benefits.Keeping.BenefitsModel.Configure(modelBuilder);
        modelBuilder.Entity<StoredChain>(e =>
        {
            e.ToTable("Chains");
            e.HasKey(c => c.Id);
            e.HasIndex(c => new { c.Authority, c.ChangedAt });
            e.HasIndex(c => c.DeletedAt);
        });
        modelBuilder.Entity<StoredChainOperation>(e =>
        {
            e.ToTable("ChainOperations");
            e.HasKey(o => new { o.ChainId, o.Number });
            e.HasOne<StoredChain>().WithMany().HasForeignKey(o => o.ChainId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<StoredChainSnapshot>(e =>
        {
            e.ToTable("ChainSnapshots");
            e.HasKey(s => new { s.ChainId, s.Number });
            e.HasOne<StoredChain>().WithMany().HasForeignKey(s => s.ChainId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<StoredChainVersion>(e =>
        {
            e.ToTable("ChainVersions");
            e.HasKey(v => v.Id);
            e.Property(v => v.Id).ValueGeneratedNever();
            e.HasIndex(v => new { v.ChainId, v.At });
            e.HasOne<StoredChain>().WithMany().HasForeignKey(v => v.ChainId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<StoredHintDismissal>(e =>
        {
            e.ToTable("HintDismissals");
            e.HasKey(d => new { d.ChainId, d.Hint });
            e.HasOne<StoredChain>().WithMany().HasForeignKey(d => d.ChainId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<StoredWorkshop>(e =>
        {
            e.ToTable("Workshops");
            e.HasKey(w => w.Code);
            e.HasIndex(w => w.ChainId);
            e.HasOne<StoredChain>().WithMany().HasForeignKey(w => w.ChainId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
