using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Operations;

/// <summary>The tables of transports, their changes, and database sizes.</summary>
internal sealed class OperationsModel :
    IEntityTypeConfiguration<StoredTransport>, IEntityTypeConfiguration<StoredTransportChange>,
    IEntityTypeConfiguration<StoredDatabaseSample>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredTransport> builder)
    {
        builder.ToTable("Transports");
        builder.HasKey(d => new { d.Node, d.Transport });
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredTransportChange> builder)
    {
        builder.ToTable("TransportChanges");
        builder.HasKey(c => c.Id);
        builder.HasIndex(c => c.At);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredDatabaseSample> builder)
    {
        builder.ToTable("DatabaseSamples");
        builder.HasKey(s => s.Day);
    }
}
