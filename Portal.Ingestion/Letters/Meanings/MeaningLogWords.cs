namespace Portal.Ingestion.Letters.Meanings;

/// <summary>Rows as the log of edits has them, in Danish.</summary>
internal static class MeaningLogWords
{
    public static string NameOf(StoredMeaning row) =>
        row.Kind == StoredMeaning.EventCode ? $"Hændelseskode {row.Name}" : $"Status »{row.Name}«";

    public static string Of(StoredMeaning row) =>
        $"{MeaningNames.Words(row.Meaning).Danish} Kilde: {row.Source}. {Confirmed(row.Confirmed)}";

    public static string Of(StoredSender row) => $"{row.Name}. Kilde: {row.Source}. {Confirmed(row.Confirmed)}";

    public static string Of(StoredCarrier row) =>
        $"{row.Name}, {MeaningRefusals.PeriodOf(row)}, {row.Sender ?? "alle afsendere"}. Kilde: {row.Source}.";

    private static string Confirmed(bool confirmed) => confirmed ? "Bekræftet af leverandøren." : "Ikke bekræftet af leverandøren.";
}
