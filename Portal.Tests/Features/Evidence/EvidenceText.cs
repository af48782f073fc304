using System.Text.RegularExpressions;
using Portal.Platform.Documents.Model;
using Portal.Tests.Platform.Documents;

namespace Portal.Tests.Features.Evidence;

/// <summary>A document's words in reading order, with one space between them.</summary>
internal static class EvidenceText
{
    /// <summary>The words of the blocks, as on the page and in the PDF.</summary>
    public static string Of(Document document) => Regex.Replace(string.Join(' ', DocumentWords.Of(document)), @"\s+", " ");
}
