using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>The tables of the background services.</summary>
internal sealed class ServicesModel :
    IEntityTypeConfiguration<StoredServiceTrouble>, IEntityTypeConfiguration<StoredLease>,
    IEntityTypeConfiguration<StoredSkippedRow>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredServiceTrouble> builder)
    {
        builder.ToTable("ServiceTroubles");
        builder.HasKey(t => new { t.Node, t.Service });
        builder.Property(t => t.Kind).HasConversion(
            kind => kind.ToString(), text => StoredName.Of<ServiceTroubleKind>(text) ?? ServiceTroubleKind.Unforeseen);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLease> builder)
    {
        builder.ToTable("Leases");
        builder.HasKey(l => l.Name);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredSkippedRow> builder)
    {
        builder.ToTable("SkippedRows");
        builder.HasKey(s => new { s.Reader, s.Key });
    }
}
