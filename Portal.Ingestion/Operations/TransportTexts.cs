namespace Portal.Ingestion.Operations;

/// <summary>Danish texts about transports that are used in more than one place.</summary>
public static class TransportTexts
{
    /// <summary>What to do when the database cannot be written.</summary>
    public const string StorageRemedy = "Intet går tabt: afsenderen beholder beskederne, og modtagekanalen åbner af sig selv. "
        + "Varer det ved, så se efter diskplads og efter andre programmer, der bruger databasen.";
}
