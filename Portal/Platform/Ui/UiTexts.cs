using System.Globalization;
using Portal.Platform.Text;

namespace Portal.Platform.Ui;

/// <summary>Names the texts of the shared components (<c>UiTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class UiTexts
{
    /// <summary>Says that a drawing goes on beyond the side of a narrow screen.</summary>
    public static string SwipeFigure => TextResources.Find(typeof(UiTexts), "SwipeFigure", CultureInfo.CurrentUICulture);
}
