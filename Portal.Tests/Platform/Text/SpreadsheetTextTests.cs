using Portal.Platform.Text;
using Xunit;

namespace Portal.Tests.Platform.Text;

public sealed class SpreadsheetTextTests
{
    [Fact]
    public void A_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe_also_with_wide_signs()
    {
        foreach (var sign in "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20") Assert.Equal($"'{sign}1", SpreadsheetText.Of($"{sign}1"));
        foreach (var text in (string[])["", "1+1", "a=b", " =1", "§ 5", "æ"]) Assert.Equal(text, SpreadsheetText.Of(text));
        Assert.Equal("", SpreadsheetText.Of(null));
    }
}
