using Portal.Platform.Text;

namespace Portal.Features.Benefits.Page;

/// <summary>A text of the benefits' page outside a component (<c>BenefitsTexts.resx</c>).</summary>
public static class PageTexts
{
    /// <summary>A text by its key.</summary>
    public static ProblemText Of(string key, params object[] places) => new(typeof(BenefitsTexts), key, places);
}
