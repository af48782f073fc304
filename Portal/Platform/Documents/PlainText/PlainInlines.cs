using System.Text;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.PlainText;

/// <summary>The text of a line's parts, with line feeds where it breaks.</summary>
internal static class PlainInlines
{
    /// <summary>The parts as text; a link that shows another text has its address after it.</summary>
    public static string Of(IEnumerable<Inline> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts) text.Append(Of(part));
        return text.ToString();
    }

    /// <summary>A figure's text in brackets.</summary>
    public static string Figure(string alternative) => $"[{alternative}]";

    private static string Of(Inline part) => part switch
    {
        TextInline text => text.Text,
        MarkInline mark => mark.Text,
        LinkInline link => link.Text == link.Href ? link.Text : $"{link.Text} ({link.Href})",
        BreakInline => "\n",
        FigureInline figure => Figure(figure.Alternative),
        _ => throw new NotSupportedException($"A part of the type {part.GetType().Name} has no plain text."),
    };
}
