using Microsoft.Extensions.Localization;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Cases;

/// <summary>
/// The columns of the list of letters across cases. It has one order, newest first: what became of a letter is found when it is read, so
/// no index has another. It is a part of the page of cases, where its views are saved.
/// </summary>
internal static class LetterShape
{
    public const string Verdict = "udfald", Letter = "brev", Recipient = "modtager", Sent = "sendt", Arrived = "ankomst";
    public const string LastDay = "frist", Type = "sagstype", Channel = "kanal", Id = "id";

    /// <summary>The heading of a column.</summary>
    public static string Heading(string column, IStringLocalizer<CaseTexts> texts) => texts[$"Letter_{column}"];

    /// <summary>The list.</summary>
    public static ListShape Shape { get; } = new(
        CaseShape.Shape.Page,
        [
            new(Verdict) { Required = true }, new(Letter) { Required = true }, new(Recipient), new(Sent), new(Arrived), new(LastDay),
            new(Type) { Extra = true }, new(Channel) { Extra = true }, new(Id) { Extra = true },
        ]);
}
