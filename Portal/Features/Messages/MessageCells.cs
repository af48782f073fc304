using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Messages;

/// <summary>
/// The cells of a row in the stream as one piece of markup. As components and elements of their own, a row was some forty parts for the
/// server to compare and the browser to put together, ten times a second in every open page; as one piece the browser's parser does it.
/// Every value is encoded here.
/// </summary>
public static class MessageCells
{
    /// <summary>The cells of <paramref name="message"/>.</summary>
    /// <param name="dated">Say the date with the time.</param>
    public static MarkupString Of(
        MessageView message, bool dated, PortalSettings settings, IStringLocalizer<MessageTexts> texts, IStringLocalizer<UiTexts> words)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(words);
        var kind = MessageStatus.KindOf(message, settings);
        var (icon, style) = message.Unreadable is null ? StatusStyle.Of(kind) : ("!", "warn");
        var word = message.Unreadable is not null ? texts["Unreadable"].Value
            : MessageStatus.WordOf(message, kind) is { Length: > 0 } own ? own
            : words[$"Status{kind}"].Value;
        var at = message.ReceivedAt;
        var cells = new Cells();
        cells.Add("mono", texts["Received"], "time",
            [("datetime", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
                ("title", DanishFormat.DateAndTime(at))],
            dated ? DanishFormat.DateAndTime(at) : DanishFormat.Clock(at));
        cells.Add(null, texts["Message"], "a", [("href", PortalUrls.Message(message.BeskedId))], message.BeskedtypeName);
        cells.Add(null, texts["Status"], "span", [("class", "chip " + style), ("title", message.ActionName ?? word)], $"{icon} {word}");
        cells.Add(null, texts["CaseLetter"], message.Case ?? "–");
        cells.Add(null, texts["Channel"], message.PostStatus?.Channel ?? "–");
        cells.Add("dim", texts["CameBy"], Transports.Name(message.Transport));
        if (message.Deliveries > 1)
        {
            cells.Add("dim", texts["Deliveries"], "span", [("title", texts["DeliveredTimes", message.Deliveries])],
                $"×{message.Deliveries.ToString(CultureInfo.InvariantCulture)}");
        }
        else cells.Add("dim", texts["Deliveries"], "");
        return cells.Markup();
    }

    private sealed class Cells
    {
        private readonly StringBuilder _text = new(700);

        public void Add(string? style, string label, string value) => Cell(style, label, () => Append(value));

        public void Add(string? style, string label, string element, (string Name, string Value)[] attributes, string value) =>
            Cell(style, label, () =>
            {
                _text.Append('<').Append(element);
                foreach (var (name, of) in attributes) Attribute(name, of);
                _text.Append('>');
                Append(value);
                _text.Append("</").Append(element).Append('>');
            });

        public MarkupString Markup() => new(_text.ToString());

        private void Cell(string? style, string label, Action content)
        {
            _text.Append("<td");
            if (style is not null) Attribute("class", style);
            Attribute("data-label", label);
            _text.Append('>');
            content();
            _text.Append("</td>");
        }

        private void Attribute(string name, string value)
        {
            _text.Append(' ').Append(name).Append("=\"");
            Append(value);
            _text.Append('"');
        }

        private void Append(string value) => _text.Append(HtmlEncoder.Default.Encode(value));
    }
}
