using System.Globalization;
using System.Text;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui;

namespace Portal.Features.Chains.Pictures;

/// <summary>The file name of a downloaded chain: its title, so that whoever receives the file knows what it is.</summary>
public static class ChainFileName
{
    private const int Longest = 80;

    /// <summary>
    /// »effektkaede-ventetid-i-byggesager.svg«: letters and digits of any language, and hyphens; never anything like a CPR number.
    /// </summary>
    /// <param name="title">The chain's title.</param>
    /// <param name="extension">Without a dot.</param>
    public static string Of(string title, string extension) =>
        SlugOf(title) is { } slug ? $"effektkaede-{slug}.{extension}" : $"effektkaede.{extension}";

    /// <summary>The title as a part of a file name; null when nothing of it can stand there.</summary>
    public static string? SlugOf(string title)
    {
        var name = new StringBuilder();
        var masked = TextLines.OneLine(CprLike.MaskIn(title)).Replace(CprLike.Mask, " ", StringComparison.Ordinal);
        foreach (var rune in masked.EnumerateRunes())
        {
            var part = Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (part) name.Append(Rune.ToLowerInvariant(rune));
            else if (name.Length > 0 && name[^1] != '-') name.Append('-');
        }

        // Checked again: with the characters between them gone, two parts can form a CPR number.
        var slug = TextCut.At(name.ToString(), Longest).Trim('-');
        return slug.Length == 0 || CprLike.IsIn(slug) ? null : slug;
    }
}
