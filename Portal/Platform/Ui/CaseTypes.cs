using Portal.Ingestion.Letters;
using Portal.Platform.Text;

namespace Portal.Platform.Ui;

/// <summary>Case types as people say them. The case systems send codes; one that is not known is shown as it was sent.</summary>
public static class CaseTypes
{
    /// <summary>The code of the rent board.</summary>
    public const string RentBoard = "huslejenaevn";

    /// <summary>"Huslejenævn" for <c>huslejenaevn</c>; another with a capital first letter.</summary>
    public static string Name(string caseType) =>
        IsRentBoard(caseType)
            ? "Huslejenævn"
            : string.Concat(char.ToUpper(caseType[0], DanishFormat.Danish).ToString(), caseType.AsSpan(1));

    /// <summary>The rent board: its decisions go to the housing court, not to a complaints board.</summary>
    public static bool IsRentBoard(string? caseType) => caseType is not null && CaseTypeCode.KeyOf(caseType) == RentBoard;
}
