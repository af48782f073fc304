using Portal.Platform.Text;

namespace Portal.Features.Benefits.Import;

/// <summary>Names the texts of reading a benefit overview from a spreadsheet (<c>.resx</c> next to this file).</summary>
public sealed class ImportTexts
{
    private ImportTexts()
    {
    }

    /// <summary>A text about an imported overview.</summary>
    public static ProblemText Of(string key, params object[] places) => new(typeof(ImportTexts), key, places);
}
