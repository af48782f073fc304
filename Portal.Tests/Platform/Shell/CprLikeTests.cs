using CsCheck;
using Portal.Platform.Ui;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>The browser's rule for person numbers equals the server's.</summary>
public sealed class CprLikeTests
{
    // Parts of the ways to write numbers, and words that mark other kinds of number.
    private static readonly string[] Parts =
    [
        "0", "1", "01", "12", "010101", "1234", "3102", "0101011234", "１", "٢", "𝟑", "-", "–", " ", "\u00A0", ".", "/", "_", ":", "+",
        "\u200B", "\u0301", "%2D", "%252D", "%3", "&nbsp;", "&#48;", "&shy;", "\\u0031", "\\", "&", "%", "a", "f", "P-nr. ", "tlf", "og",
        ",", "CPR", "kr. ", ",50", "å", "\n", "\u2028", "😀", "\ud800", "(", ">",
    ];

    private static readonly Gen<string> Mixed = Gen.Int[0, Parts.Length - 1].Select(n => Parts[n]).Array[1, 24].Select(string.Concat);

    [Fact]
    public async Task The_browser_replaces_what_the_server_replaces_and_nothing_else()
    {
        List<string> texts = [.. CprTexts.Masked.Select(t => t.Text), .. CprTexts.Left];
        Mixed.Sample(text => { lock (texts) texts.Add(text); }, iter: 20_000);

        await using var browser = await Browser.SignInAsync(new Uri("http://localhost"), null);
        var script = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(LongTextTests.Script("cprLike.js")));

        // Sent as UTF-16 code units, since the browser connection rejects half a surrogate pair.
        var units = texts.ConvertAll(t => t.Select(c => (int)c).ToArray());
        var masked = await browser.Page.EvaluateAsync<int[][]>(
            """
            async ([script, texts]) => {
              const { withoutCpr } = await import("data:text/javascript;base64," + script);
              return texts.map(units => { const text = withoutCpr(String.fromCharCode(...units));
              return Array.from({ length: text.length }, (_, n) => text.charCodeAt(n)); });
            }
            """,
            new object[] { script, units });

        for (var n = 0; n < texts.Count; n++)
            Assert.Equal((texts[n], CprLike.MaskIn(texts[n])), (texts[n], new string([.. masked[n].Select(u => (char)u)])));
        Assert.Contains(texts, t => CprLike.IsIn(t) && !CprTexts.Masked.Any(m => m.Text == t));
    }

    [Theory]
    [InlineData("Borger 010101-1234 klager", "Borger [CPR-nummer] klager")]
    [InlineData("P-nr. 1012345678", "P-nr. 1012345678")]
    public void Not_even_the_date_is_in_the_place_of_a_number(string text, string masked) => Assert.Equal(masked, CprLike.MaskIn(text));
}
