namespace Portal.Ingestion.Storage;

/// <summary>Data that only one transaction at a time may change, among all programs that share the database.</summary>
public enum WriteLock
{
    /// <summary>Letters and their statuses: a registration and a batch of statuses must see each other.</summary>
    Letters,

    /// <summary>The counts of letters by month.</summary>
    Figures,
}
