using System.Text;

namespace Portal.Platform.Ui;

/// <summary>The anchor of a letter on its case's page.</summary>
public static class LetterAnchor
{
    /// <summary>
    /// The id of the letter's element. In hexadecimal, because a letter id may hold characters that an element id may not.
    /// </summary>
    public static string Of(string letterId) => "brev-" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(letterId));

    /// <summary>The case's page, scrolled to the letter.</summary>
    public static string Link(string caseNumber, string letterId) => $"{PortalUrls.Case(caseNumber)}#{Of(letterId)}";
}
