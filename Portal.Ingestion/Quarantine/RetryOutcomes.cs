namespace Portal.Ingestion.Quarantine;

/// <summary>The names of what came of a row that was tried again.</summary>
public static class RetryOutcomes
{
    /// <summary>It is a message now.</summary>
    public const string Accepted = "accepted";

    /// <summary>It was a known message, and is counted on it.</summary>
    public const string Repeated = "repeated";

    /// <summary>It is still in quarantine.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>It was no longer in quarantine.</summary>
    public const string Gone = "gone";
}
