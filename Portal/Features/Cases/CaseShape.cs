using Microsoft.Extensions.Localization;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Cases;

/// <summary>
/// The columns of the list of cases. It can be sorted by newest letter and by number: a case's verdict is found when it is read, so no
/// index has that order.
/// </summary>
internal static class CaseShape
{
    public const string Number = "sag", Verdict = "udfald", Title = "titel", Recipient = "modtager", Type = "sagstype", Sent = "sendt";
    public const string Letters = "breve", Attention = "handling";

    /// <summary>The heading of a column.</summary>
    public static string Heading(string column, IStringLocalizer<CaseTexts> texts) => texts[$"Column_{column}"];

    /// <summary>The list.</summary>
    public static ListShape Shape { get; } = new(
        "sager",
        [
            new(Verdict) { Required = true }, new(Number) { Required = true, Sortable = true }, new(Title), new(Recipient), new(Type),
            new(Sent), new(Letters), new(Attention),
        ]);
}
