namespace Portal.Ingestion.Log;

/// <summary>Splits a search text into words at white space, and at control characters, which no stored text has.</summary>
internal static class SearchWords
{
    /// <summary>The words, in order.</summary>
    public static IEnumerable<string> Of(string? text)
    {
        text ??= "";
        var start = -1;
        for (var n = 0; n <= text.Length; n++)
        {
            var inside = n < text.Length && !char.IsWhiteSpace(text[n]) && !char.IsControl(text[n]);
            if (inside && start < 0) start = n;
            if (inside || start < 0) continue;
            yield return text[start..n];
            start = -1;
        }
    }
}
