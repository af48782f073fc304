using System.Text.Json.Serialization;

namespace Portal.Platform.Documents.Model;

/// <summary>A part of a line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "inline")]
[JsonDerivedType(typeof(TextInline), "text")]
[JsonDerivedType(typeof(MarkInline), "mark")]
[JsonDerivedType(typeof(LinkInline), "link")]
[JsonDerivedType(typeof(BreakInline), "break")]
[JsonDerivedType(typeof(FigureInline), "figure")]
public abstract record Inline;

/// <summary>How a text is set.</summary>
[Flags]
public enum TextStyle
{
    Plain = 0,

    /// <summary>Semi-bold.</summary>
    Strong = 1,

    /// <summary>Grey.</summary>
    Dim = 2,

    /// <summary>8.5 pt.</summary>
    Small = 4,

    /// <summary>Fixed pitch; broken anywhere when it is too wide.</summary>
    Code = 8,

    /// <summary>Never broken over lines.</summary>
    NoBreak = 16,
}

/// <summary>A text; a line feed in it breaks the line.</summary>
public sealed record TextInline(string Text, TextStyle Style = TextStyle.Plain) : Inline;

/// <summary>What a coloured mark means. The colour is never the only sign: its text says the same.</summary>
public enum Tone
{
    Grey,
    Ok,
    Info,
    Warn,
    Bad,
}

/// <summary>A short text on a coloured ground: a status.</summary>
public sealed record MarkInline(string Text, Tone Tone) : Inline;

/// <summary>A link.</summary>
/// <param name="Href">An absolute address.</param>
public sealed record LinkInline(string Text, string Href, TextStyle Style = TextStyle.Plain) : Inline;

/// <summary>The end of a line.</summary>
public sealed record BreakInline : Inline;

/// <summary>A small drawing in a cell, such as a sparkline.</summary>
/// <param name="Alternative">What it shows, in words; demanded.</param>
/// <param name="Width">In mm.</param>
public sealed record FigureInline(Drawing Drawing, string Alternative, double Width) : Inline;
