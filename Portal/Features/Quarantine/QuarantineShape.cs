using Microsoft.Extensions.Localization;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Quarantine;

/// <summary>
/// The columns of the quarantine; a closed row has one more. Its order is that of the numbers in the database, newest first, the only one
/// with an index.
/// </summary>
internal static class QuarantineShape
{
    public const string Cause = "hvad", Closed = "lukning", Received = "modtaget", Transport = "kanal", Size = "stoerrelse";
    public const string Message = "besked";

    private static readonly ListColumn[] Common = [new(Received), new(Transport), new(Size), new(Message)];

    /// <summary>The heading of a column.</summary>
    public static string Heading(string column, IStringLocalizer<QuarantineTexts> texts) => texts[$"Column_{column}"];

    /// <summary>The list of waiting and held rows.</summary>
    public static ListShape Open { get; } = new("karantaene", [new(Cause) { Required = true }, .. Common]);

    /// <summary>The list of closed rows.</summary>
    public static ListShape ClosedRows { get; } = new(
        "karantaene", [new(Cause) { Required = true }, new(Closed) { Required = true }, .. Common]);

    /// <summary>The list of a view.</summary>
    public static ListShape Of(QuarantineView view) => view == QuarantineView.Closed ? ClosedRows : Open;
}
