using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Services;

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
            e.Property(t => t.Kind).HasConversion<ServiceTroubleKindConverter>();
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

/// <summary>Keeps a kind of trouble as its name; one that is not known is unforeseen. A type by its own name, so that the compiled models can name it.</summary>
internal sealed class ServiceTroubleKindConverter() : ValueConverter<ServiceTroubleKind, string>(
    kind => kind.ToString(), text => StoredName.Of<ServiceTroubleKind>(text) ?? ServiceTroubleKind.Unforeseen);
