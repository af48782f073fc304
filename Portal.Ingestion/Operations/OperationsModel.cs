using Microsoft.EntityFrameworkCore;

namespace Portal.Ingestion.Operations;

/// <summary>The tables that operating the portal needs.</summary>
internal static class OperationsModel
{
    /// <summary>Puts them into the message side's context.</summary>
    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredDoor>(e =>
        {
            e.ToTable("Doors");
            e.HasKey(d => new { d.Node, d.Transport });
        });
        model.Entity<StoredDoorChange>(e =>
        {
            e.ToTable("DoorChanges");
            e.HasKey(c => c.Id);
            e.HasIndex(c => c.At);
        });
        model.Entity<StoredDatabaseSample>(e =>
        {
            e.ToTable("DatabaseSamples");
            e.HasKey(s => s.Day);
        });
    }
}
