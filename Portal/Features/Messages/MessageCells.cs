using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Log;
using Portal.Platform.Ui;

namespace Portal.Features.Messages;

/// <summary>
/// The cells of a row in the stream, one for each of <see cref="MessageColumns"/>, as one markup string. As Razor elements, a row was about
/// 40 render-tree frames to compare and send, ten times a second for every open page. Every value is encoded
/// (<see cref="MessageCellWriter"/>).
/// </summary>
public static class MessageCells
{
    /// <summary>The cells of <paramref name="message"/>.</summary>
    /// <param name="dated">Show the date with the time.</param>
    public static MarkupString Of(
        MessageView message, bool dated, EffectiveMeanings meanings, IStringLocalizer<MessageTexts> texts, IStringLocalizer<UiTexts> words)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(words);
        var row = new MessageInRow(message, dated, MessageStatus.KindOf(message, meanings), texts, words);
        var cells = new MessageCellWriter();
        foreach (var column in MessageColumns.All) cells.Cell(column.Class, texts[column.Label], column.Write, row);
        return cells.Markup();
    }
}

/// <summary>Writes cells as markup; encodes every value.</summary>
internal sealed class MessageCellWriter
{
    private readonly StringBuilder _text = new(700);

    /// <summary>A cell with what <paramref name="content"/> writes.</summary>
    public void Cell(string? style, string label, Action<MessageCellWriter, MessageInRow> content, MessageInRow row)
    {
        _text.Append("<td");
        if (style is not null) Attribute("class", style);
        Attribute("data-label", label);
        _text.Append('>');
        content(this, row);
        _text.Append("</td>");
    }

    /// <summary>Encoded text.</summary>
    public void Text(string value) => _text.Append(HtmlEncoder.Default.Encode(value));

    /// <summary>An element around a text.</summary>
    public void Element(string element, ReadOnlySpan<(string Name, string Value)> attributes, string value)
    {
        _text.Append('<').Append(element);
        foreach (var (name, of) in attributes) Attribute(name, of);
        _text.Append('>');
        Text(value);
        _text.Append("</").Append(element).Append('>');
    }

    /// <summary>The cells written so far.</summary>
    public MarkupString Markup() => new(_text.ToString());

    private void Attribute(string name, string value)
    {
        _text.Append(' ').Append(name).Append("=\"");
        Text(value);
        _text.Append('"');
    }
}
