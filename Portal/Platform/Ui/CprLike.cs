using System.Text.RegularExpressions;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Ui;

/// <summary>
/// Masks a CPR number completely, its date included, for browser storage and file names. The rule is <see cref="CprNumber.IsIn"/>;
/// <c>wwwroot/cprLike.js</c> is the same rule in the browser, and a test compares the two.
/// </summary>
public static partial class CprLike
{
    /// <summary>Replaces each number.</summary>
    public const string Mask = "[CPR-nummer]";

    /// <summary>True when the text holds something like a CPR number.</summary>
    public static bool IsIn(string text) => CprNumber.IsIn(text);

    /// <summary>
    /// True when the text ends in six digits that may be the date of a CPR number, or in that and some of the rest: the rest may be on its
    /// way. Such a text is searched for, and put into an address, only when the user asks for it. A day over 60 is that of a number given
    /// in place of one.
    /// </summary>
    public static bool MayBecome(string text) => Beginning().IsMatch(text);

    /// <summary>The text with <see cref="Mask"/> for each number; itself when it holds none.</summary>
    public static string MaskIn(string text) => CprNumber.MaskIn(text, Mask);

    [GeneratedRegex(
        @"(?<!\d)[0-36-9]\d([ .\-/]?)[01]\d\1\d\d[ .\-/–]?\d{0,3}\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();
}
