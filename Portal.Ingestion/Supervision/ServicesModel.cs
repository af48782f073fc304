using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>The tables of the background services.</summary>
internal sealed class ServicesModel :
    IEntityTypeConfiguration<StoredServiceFault>, IEntityTypeConfiguration<StoredLease>,
    IEntityTypeConfiguration<StoredSkippedRow>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredServiceFault> builder)
    {
        builder.ToTable("ServiceFaults");
        builder.HasKey(t => new { t.Node, t.Service });
        builder.Property(t => t.Kind).HasConversion<ServiceFaultKindConverter>();
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

/// <summary>
/// Stores a kind of fault by its name; an unknown name is read as <c>Unforeseen</c>. A named type, because a compiled model cannot refer to
/// a lambda.
/// </summary>
internal sealed class ServiceFaultKindConverter() : ValueConverter<ServiceFaultKind, string>(
    kind => kind.ToString(), text => StoredName.Of<ServiceFaultKind>(text) ?? ServiceFaultKind.Unforeseen);
