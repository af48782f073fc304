using System.Collections.Immutable;

namespace Portal.Platform.Documents.Model;

/// <summary>
/// A report or an evidence document as a tree of blocks. Two writers make it visible: <c>DocumentView</c> on the page and
/// <see cref="IPdfWriter"/> as PDF, so both say the same. Immutable, and stored as JSON (<see cref="DocumentJson"/>) when it must never
/// change.
/// </summary>
/// <param name="Title">The PDF's title; must not hold a CPR number.</param>
/// <param name="Footer">The running title at the foot of every page; »Side n af m« stands to its right.</param>
/// <param name="Blocks">The content in reading order.</param>
public sealed record Document(string Title, string Footer, ImmutableArray<Block> Blocks)
{
    /// <summary>BCP 47. Documents are handed over and archived in Danish; a benefit report can be read in English too.</summary>
    public const string Danish = "da";

    /// <summary>The language, BCP 47; null for <see cref="Danish"/>.</summary>
    public string? Language { get; init; }
}
