using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>The tables of background services.</summary>
internal static class ServicesModel
{
    /// <summary>Puts them into the message side's context.</summary>
    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredServiceTrouble>(e =>
        {
            e.ToTable("ServiceTroubles");
            e.HasKey(t => new { t.Node, t.Service });
            e.Property(t => t.Kind).HasConversion(
                kind => kind.ToString(), text => StoredName.Of<ServiceTroubleKind>(text) ?? ServiceTroubleKind.Unforeseen);
        });
        model.Entity<StoredLease>(e =>
        {
            e.ToTable("Leases");
            e.HasKey(l => l.Name);
        });
        model.Entity<StoredSkippedRow>(e =>
        {
            e.ToTable("SkippedRows");
            e.HasKey(s => new { s.Reader, s.Key });
        });
    }
}
