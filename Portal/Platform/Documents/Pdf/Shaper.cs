using System.Collections.Immutable;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>Turns the parts of a line into glyphs with their looks.</summary>
internal static class Shaper
{
    private const double SmallSize = 8.5;
    private static readonly double MarkPadding = PageSize.Mm(2.4);

    /// <summary>The glyphs of a text.</summary>
    /// <param name="keepSpaces">True: spaces are kept as they are (code). False: several are one, as on the page.</param>
    public static ShapedText Shape(ImmutableArray<Inline> text, Typeface type, bool keepSpaces = false)
    {
        var glyphs = new List<Glyph>();
        foreach (var part in text.IsDefault ? [] : text) Add(glyphs, part, type, keepSpaces);
        return new ShapedText([.. glyphs], type);
    }

    /// <summary>The glyphs of a plain text.</summary>
    public static ShapedText Shape(string text, Typeface type, bool keepSpaces = false) =>
        Shape([new TextInline(text)], type, keepSpaces);

    private static void Add(List<Glyph> glyphs, Inline part, Typeface type, bool keepSpaces)
    {
        switch (part)
        {
            case TextInline text:
                AddText(glyphs, text.Text ?? "", Styled(text.Style, type, null), keepSpaces);
                break;
            case LinkInline link:
                AddText(glyphs, link.Text ?? "", Styled(link.Style, type, Address(link.Href)), keepSpaces);
                break;
            case MarkInline mark:
                AddMark(glyphs, mark, type);
                break;
            case BreakInline:
                AddBreak(glyphs, Styled(TextStyle.Plain, type, null));
                break;
            case FigureInline figure:
                var look = new Look
                {
                    Face = type.Face, Size = type.Size, Colour = type.Colour, Figure = figure, TagType = "Figure",
                    TagEntries = FigureTag.Alternative(figure.Alternative),
                };
                glyphs.Add(new Glyph(0, type.Face, Glyph.Picture, Math.Max(0, PageSize.Mm(figure.Width)), look));
                break;
        }
    }

    private static Look Styled(TextStyle style, Typeface type, string? address)
    {
        var size = style.HasFlag(TextStyle.Small) ? Math.Min(SmallSize, type.Size) : type.Size;
        return style.HasFlag(TextStyle.Code)
            ? new Look
            {
                Face = Face.Mono, Size = size * 0.88, Colour = style.HasFlag(TextStyle.Dim) ? Palette.Dim : type.Colour, Address = address,
                NoBreak = style.HasFlag(TextStyle.NoBreak), BreaksAnywhere = !style.HasFlag(TextStyle.NoBreak),
                TagType = address is null ? "Code" : "Link",
            }
            : new Look
            {
                Face = style.HasFlag(TextStyle.Strong) ? Face.SemiBold : type.Face, Size = size, Spacing = type.Spacing,
                Colour = style.HasFlag(TextStyle.Dim) ? Palette.Dim : type.Colour, Address = address,
                NoBreak = style.HasFlag(TextStyle.NoBreak), TagType = address is null ? null : "Link",
            };
    }

    // Only what a reader can open safely becomes a link; the text is shown in any case.
    private static string? Address(string? href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" or "mailto"
            ? Ascii(address)
            : null;

    // An address in a PDF holds ASCII only (ISO 32000-1, table 206).
    private static string Ascii(Uri address)
    {
        var host = address.Scheme == "mailto" ? address : new UriBuilder(address) { Host = address.IdnHost }.Uri;
        return string.Concat(host.AbsoluteUri.EnumerateRunes().Select(r => r.IsAscii ? r.ToString() : Uri.EscapeDataString(r.ToString())));
    }

    private static void AddMark(List<Glyph> glyphs, MarkInline mark, Typeface type)
    {
        var look = new Look
        {
            Face = Face.SemiBold, Size = Math.Min(SmallSize, type.Size), Colour = Palette.Mark(mark.Tone).Text, Mark = mark.Tone,
            NoBreak = true,
        };
        var (start, pad) = (glyphs.Count, new Glyph(0, look.Face, Glyph.Pad, MarkPadding, look));
        glyphs.Add(pad);
        AddText(glyphs, mark.Text ?? "", look, keepSpaces: false);
        glyphs.Add(pad);

        // A mark without text says nothing, and is not drawn.
        if (glyphs.Skip(start).All(g => g.IsSpace || g.Character is Glyph.Pad or Glyph.SoftHyphen))
        {
            glyphs.RemoveRange(start, glyphs.Count - start);
        }
    }

    private static void AddText(List<Glyph> glyphs, string text, Look look, bool keepSpaces)
    {
        foreach (var (shown, missing) in ReadableText.Parts(text, look.Face))
        {
            if (missing is null) AddCharacters(glyphs, shown, look, keepSpaces);
            else AddCharacters(glyphs, missing.Shown, Named(missing, look), keepSpaces);
        }
    }

    // A space is written at the end of the line, so that the words before and after are two when the text is copied or read aloud.
    private static void AddBreak(List<Glyph> glyphs, Look look) =>
        glyphs.Add(new Glyph(Fonts.Of(look.Face).Glyph(' '), look.Face, '\n', 0, look));

    // A screen reader says the text as given; what is seen is its name.
    private static Look Named(MissingText missing, Look look) => new()
    {
        Face = look.Face, Size = look.Size, Colour = look.Colour, Spacing = look.Spacing, NoBreak = look.NoBreak, Mark = look.Mark,
        Address = look.Address, Missing = missing, Outer = look.TagType is null ? null : look, TagType = "Span",
        TagEntries = "/ActualText" + PdfSyntax.Text(missing.Original),
    };

    // Digits keep their width, so that they stand below each other.
    private static Glyph Kerned(Glyph before, TrueTypeFont font, ushort next, char character)
    {
        var areDigits = char.IsAsciiDigit(character) && before.Character is >= '0' and <= '9';
        if (before.Face == Face.Mono || before.Id == 0 || areDigits) return before;
        var kerning = font.Kerning(before.Id, next);
        return kerning == 0 ? before : before with { Kerning = kerning, Width = before.Width + (kerning * before.Look.Size / 1000) };
    }

    private static void AddCharacters(List<Glyph> glyphs, string text, Look look, bool keepSpaces)
    {
        foreach (var character in text)
        {
            if (character == '\n')
            {
                AddBreak(glyphs, look);
                continue;
            }

            var last = glyphs.Count > 0 ? glyphs[^1].Character : '\n';
            if (character == ' ' && last is ' ' or '\n' && !keepSpaces) continue;
            var face = Fonts.With(character, look.Face) ?? look.Face;
            var font = Fonts.Of(face);
            var id = font.Glyph(character);
            if (glyphs.Count > 0 && glyphs[^1] is var before && before.Face == face && ReferenceEquals(before.Look, look))
            {
                glyphs[^1] = Kerned(before, font, id, character);
            }

            glyphs.Add(new Glyph(id, face, character, (font.Width(id) * look.Size / 1000) + look.Spacing, look));
        }
    }
}
