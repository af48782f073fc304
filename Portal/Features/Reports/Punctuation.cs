namespace Portal.Features.Reports;

/// <summary>Quotation marks and full stops in sentences.</summary>
internal static class Punctuation
{
    /// <summary>A name in quotation marks, without a full stop of its own.</summary>
    public static string Quoted(string name) => $"»{Bare(name)}«";

    /// <summary>The text without a full stop, semicolon or colon at its end.</summary>
    public static string Bare(string text) => text.Trim().TrimEnd('.', ' ', ';', ':');

    /// <summary>The text with a full stop, unless it already ends in a punctuation mark.</summary>
    public static string Ended(string text) =>
        text.Trim() is { Length: > 0 } words ? words[^1] is '.' or '!' or '?' or '…' ? words : words + "." : "";
}
