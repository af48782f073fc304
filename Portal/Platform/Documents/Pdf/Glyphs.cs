using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>The type in which a block is set. Sizes in points.</summary>
internal sealed record Typeface(double Size, double LineHeight, string Colour, Face Face = Face.Regular, double Spacing = 0);

/// <summary>How a part of a text looks, and what it is besides text. Each part has its own, so that its tag can be kept here.</summary>
internal sealed class Look
{
    public required Face Face { get; init; }

    public required double Size { get; init; }

    public required string Colour { get; init; }

    /// <summary>Added after each glyph.</summary>
    public double Spacing { get; init; }

    /// <summary>True: not broken over lines as long as it fits on one.</summary>
    public bool NoBreak { get; init; }

    /// <summary>True: a long part asks for no more room than some characters, since it may be broken anywhere (code).</summary>
    public bool BreaksAnywhere { get; init; }

    /// <summary>Not null: on a ground of this tone.</summary>
    public Tone? Mark { get; init; }

    /// <summary>Not null: a link to this address.</summary>
    public string? Address { get; init; }

    /// <summary>Not null: a small drawing.</summary>
    public FigureInline? Figure { get; init; }

    /// <summary>The type of the element of its own that it needs; null: none.</summary>
    public string? TagType { get; init; }

    /// <summary>The entries of that element.</summary>
    public string TagEntries { get; init; } = "";

    /// <summary>The text as given, of one whose characters the fonts lack.</summary>
    public MissingText? Missing { get; init; }

    /// <summary>The part that this one is in, when that needs an element of its own.</summary>
    public Look? Outer { get; init; }

    /// <summary>The element, once the part is drawn.</summary>
    public Tag? Tag { get; set; }
}

/// <summary>A character on a line.</summary>
/// <param name="Id">0: nothing is drawn (space around a mark, a figure).</param>
/// <param name="Character">The Unicode character; <see cref="Pad"/> and <see cref="Picture"/> for others.</param>
/// <param name="Width">In points.</param>
/// <param name="Kerning">The part of the width by which the next glyph is moved, in thousandths of the size.</param>
internal readonly record struct Glyph(ushort Id, Face Face, int Character, double Width, Look Look, int Kerning = 0)
{
    /// <summary>The space inside a mark's ends.</summary>
    public const int Pad = -1;

    /// <summary>A figure.</summary>
    public const int Picture = -2;

    /// <summary>Where a word may be broken with a hyphen.</summary>
    public const int SoftHyphen = 0xAD;

    /// <summary>True for what hangs over the end of a line.</summary>
    public bool IsSpace => Character is ' ' or '\n' or 0x200B or (>= 0x2000 and <= 0x200A and not 0x2007);
}

/// <summary>A text ready to be broken into lines.</summary>
internal sealed record ShapedText(Glyph[] Glyphs, Typeface Type)
{
    /// <summary>True for a soft hyphen that is seen: one at which its line is broken.</summary>
    public bool IsBrokenAt(Line line, int index) => index == line.End - 1 && line.End < Glyphs.Length;

    /// <summary>True when nothing of it would be seen.</summary>
    public bool IsEmpty => Glyphs.All(g => g.IsSpace || g.Character == Glyph.SoftHyphen);
}
