using Microsoft.Extensions.Localization;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.AccessControl;

/// <summary>The columns of the access log. Its order is the log's, newest first, since every line is a leaf of it.</summary>
internal static class AccessShape
{
    public const string When = "tid", Who = "hvem", What = "hvad", About = "om", Purpose = "formaal";
    public const string Authority = "myndighed", Session = "login", Number = "nummer";

    /// <summary>The heading of a column.</summary>
    public static string Heading(string column, IStringLocalizer<AccessTexts> texts) => texts[$"Column_{column}"];

    /// <summary>The list.</summary>
    public static ListShape Shape { get; } = new(
        "adgangslog",
        [
            new(When) { Required = true }, new(Who) { Required = true }, new(What) { Required = true }, new(About), new(Purpose),
            new(Authority) { Extra = true }, new(Session) { Extra = true }, new(Number) { Extra = true },
        ]);
}
