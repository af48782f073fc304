namespace Portal.Ingestion.Operations;

/// <summary>What doors say of themselves in more than one place, in Danish.</summary>
public static class TransportTexts
{
    /// <summary>What to do when the database takes nothing.</summary>
    public const string StorageRemedy = "Intet går tabt: afsenderen beholder beskederne, og modtagekanalen åbner af sig selv. Varer det ved, så se efter diskplads og efter andre programmer, der bruger databasen.";
}
