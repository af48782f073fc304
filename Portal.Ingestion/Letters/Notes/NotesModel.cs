using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Letters.Notes;

/// <summary>The tables of operating incidents and of cases that are held.</summary>
internal sealed class NotesModel
    : IEntityTypeConfiguration<StoredIncident>, IEntityTypeConfiguration<StoredHold>, IEntityTypeConfiguration<StoredHoldEntry>
{
    public void Configure(EntityTypeBuilder<StoredIncident> builder)
    {
        builder.ToTable("Incidents");
        builder.HasKey(i => i.Id);
        builder.HasIndex(i => new { i.Authority, i.From });
    }

    public void Configure(EntityTypeBuilder<StoredHold> builder)
    {
        builder.ToTable("CaseHolds");
        builder.HasKey(h => new { h.Authority, h.CaseNumber });
    }

    public void Configure(EntityTypeBuilder<StoredHoldEntry> builder)
    {
        builder.ToTable("CaseHoldEntries");
        builder.HasKey(e => e.Id);
        builder.HasIndex(e => new { e.Authority, e.CaseNumber, e.Id });
    }
}
