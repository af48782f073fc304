using Portal.Ingestion.Letters;
using Portal.Platform.Text;

namespace Portal.Platform.Ui;

/// <summary>Display names of case types. The case systems send codes; an unknown code is shown with a capital first letter.</summary>
public static class CaseTypes
{
    /// <summary>The code of the rent board.</summary>
    public const string RentBoard = "huslejenaevn";

    /// <summary>"Huslejenævn" for <c>huslejenaevn</c>; any other code with a capital first letter.</summary>
    public static string Name(string caseType) =>
        IsRentBoard(caseType)
            ? "Huslejenævn"
            : string.Concat(char.ToUpper(caseType[0], DanishFormat.Danish).ToString(), caseType.AsSpan(1));

    /// <summary>The name; empty for a case without a type.</summary>
    public static string NameOrEmpty(string? caseType) => string.IsNullOrWhiteSpace(caseType) ? "" : Name(caseType);

    /// <summary>
    /// True for the rent board, whose decisions are appealed to the housing court (boligret) and not to a complaints board.
    /// </summary>
    public static bool IsRentBoard(string? caseType) => caseType is not null && CaseTypeCode.KeyOf(caseType) == RentBoard;
}
