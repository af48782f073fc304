namespace Portal.Ingestion.Letters;

/// <summary>Plain Danish for the sender's error codes. The national list is not public; a code we do not know is said to be unknown.</summary>
public static class FailureExplanation
{
    /// <summary>What the code means and what to do.</summary>
    public static string Of(string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return "Afsenderen har ikke oplyst en fejlkode. Se fejlteksten, og send brevet igen, når årsagen er fundet.";
        var known = code.Trim().ToLowerInvariant();
        bool Says(params string[] words) => words.Any(w => known.Contains(w, StringComparison.Ordinal));
        if (known == "memo.invalid") return "Brevet var ikke udformet, som Digital Post kræver (memo.invalid). Ret brevet, og send det igen.";
        if (Says("exempt", "fritaget")) return "Modtageren er fritaget for Digital Post. Send brevet som fysisk post.";
        if (Says("deceased", "afdoed", "afdød", "doed", "død")) return "Modtageren er registreret som død. Undersøg, hvem brevet nu skal sendes til.";
        if (Says("closed", "lukket")) return "Modtagerens digitale postkasse er lukket. Send brevet som fysisk post.";
        if (Says("notfound", "not.found", "not_found", "not-found", "findesikke", "ukendtmodtager")) return "Modtageren blev ikke fundet. Kontrollér modtagerens nummer, og send brevet igen.";
        return $"Fejlkoden »{Short(CprNumber.MaskIn(code.Trim()), 80)}« er ukendt for portalen. Se fejlteksten, eller spørg leverandøren af post.";
    }

    private static string Short(string text, int max) => text.Length <= max ? text : text[..max] + "…";
}
