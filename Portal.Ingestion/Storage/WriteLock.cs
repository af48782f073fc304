namespace Portal.Ingestion.Storage;

/// <summary>What only one transaction of all programs that share the database may work on at a time.</summary>
public enum WriteLock
{
    /// <summary>Letters and the statuses that belong to them: a registration and a batch of statuses must not miss each other.</summary>
    Letters,

    /// <summary>The counts of letters by month.</summary>
    Figures,
}
