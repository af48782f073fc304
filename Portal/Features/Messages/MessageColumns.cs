using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Messages;

/// <summary>A message with what its cells need.</summary>
/// <param name="Dated">Show the date with the time.</param>
/// <param name="Kind">The status's kind.</param>
internal sealed record MessageInRow(
    MessageView Message, bool Dated, StatusKind Kind, IStringLocalizer<MessageTexts> Texts, IStringLocalizer<UiTexts> Words);

/// <summary>A column of the list of messages.</summary>
/// <param name="Label">Key of its name in <c>MessageTexts.resx</c>, shown in the header, and on narrow screens in each cell.</param>
/// <param name="Write">Writes the cell's content.</param>
internal sealed record MessageColumn(string Label, Action<MessageCellWriter, MessageInRow> Write)
{
    /// <summary>The cell's class.</summary>
    public string? Class { get; init; }

    /// <summary>The header's name is only for screen readers.</summary>
    public bool IsLabelHidden { get; init; }

    /// <summary>CSS width in the stream; columns without a width share the rest.</summary>
    public string? Width { get; init; }

    /// <summary>CSS width while a message is open next to the stream.</summary>
    public string? WidthWithPanel { get; init; }

    /// <summary>The widths as CSS variables, which <c>pages.css</c> reads; null for a column without.</summary>
    public string? Style => Width is null && WidthWithPanel is null
        ? null
        : string.Join(';', new[] { Of("--width", Width), Of("--width-with-panel", WidthWithPanel) }.OfType<string>());

    private static string? Of(string name, string? width) => width is null ? null : $"{name}:{width}";
}

/// <summary>
/// The columns of the list of messages, in the stream and on the overview. To add a column, add a row here and its name in
/// <c>MessageTexts</c>.
/// </summary>
internal static class MessageColumns
{
    /// <summary>From left to right.</summary>
    public static IReadOnlyList<MessageColumn> All { get; } =
    [
        new("Received", Received) { Class = "mono", Width = "156px", WidthWithPanel = "84px" },
        new("Message", static (cell, row) =>
            cell.Element("a", [("href", PortalUrls.Message(row.Message.BeskedId))], row.Message.BeskedtypeName)),
        new("Status", Status) { Width = "190px", WidthWithPanel = "174px" },
        new("CaseLetter", static (cell, row) => cell.Text(row.Message.Case ?? "–")) { WidthWithPanel = "96px" },
        new("Channel", static (cell, row) => cell.Text(row.Message.PostStatus?.Channel ?? "–"))
            { Width = "150px", WidthWithPanel = "104px" },
        new("CameBy", static (cell, row) => cell.Text(Transports.Name(row.Message.Transport)))
            { Class = "dim", Width = "118px", WidthWithPanel = "84px" },
        new("Deliveries", Deliveries) { Class = "dim", IsLabelHidden = true, Width = "52px", WidthWithPanel = "44px" },
    ];

    private static void Received(MessageCellWriter cell, MessageInRow row)
    {
        var at = row.Message.ReceivedAt;
        cell.Element(
            "time",
            [
                ("datetime", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
                ("title", LanguageFormat.PageDateAndTime(at)),
            ],
            row.Dated ? LanguageFormat.PageShortDateAndTime(at) : DanishFormat.Clock(at));
    }

    private static void Status(MessageCellWriter cell, MessageInRow row)
    {
        var isReadable = row.Message.Unreadable is null;
        var (icon, style) = isReadable ? StatusStyle.Of(row.Kind) : ("!", "warn");
        var word = isReadable ? MessageStatus.WordOf(row.Message, row.Kind, row.Words) : row.Texts["Unreadable"].Value;
        var title = StatusName.Of(row.Message.ActionName, row.Words) ?? word;
        cell.Element("span", [("class", "chip " + style), ("title", title)], $"{icon} {word}");
    }

    private static void Deliveries(MessageCellWriter cell, MessageInRow row)
    {
        if (row.Message.Deliveries <= 1) return;
        cell.Element(
            "span", [("title", row.Texts["DeliveredTimes", row.Message.Deliveries])],
            $"×{row.Message.Deliveries.ToString(CultureInfo.InvariantCulture)}");
    }
}
