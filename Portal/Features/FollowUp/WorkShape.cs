using Microsoft.Extensions.Localization;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.FollowUp;

/// <summary>The columns of the worklist. It can be sorted by age and by reason: case and owner have no index in their order.</summary>
internal static class WorkShape
{
    public const string Reason = "grund", Case = "sag", Recipient = "modtager", Since = "siden", Age = "alder", Advice = "raad";
    public const string Owner = "ejer", Latest = "seneste", Letter = "brev";

    /// <summary>The heading of a column.</summary>
    public static string Heading(string column, IStringLocalizer<FollowUpTexts> texts) => texts[$"Column_{column}"];

    /// <summary>The list.</summary>
    public static ListShape Shape { get; } = new(
        "opfoelgning",
        [
            new(Reason) { Required = true, Sortable = true, OneWay = true }, new(Case) { Required = true }, new(Recipient),
            new(Since) { Sortable = true },
            new(Age), new(Advice), new(Owner), new(Latest), new(Letter) { Extra = true },
        ])
    {
        Own = new ListSort(Since, Descending: false),
    };
}
