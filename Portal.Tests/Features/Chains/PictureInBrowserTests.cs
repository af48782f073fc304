using System.Text.Json;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Features.Chains.Pictures;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>The exported picture as a browser draws it: every line of a box ends within the box, and every word is there.</summary>
public sealed class PictureInBrowserTests
{
    // Rows of one repeated character are the worst case for estimating width by character.
    private static readonly string[] Texts =
    [
        .. "WMOÆæmw@%n8ЩшЉΩ漢あ한ﷺ😀⚙…—½½".EnumerateRunes().Select(r => string.Concat(Enumerable.Repeat(r.ToString(), 900))),
        string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 200)),
        string.Concat(Enumerable.Repeat("e\u0301\u0323\u0302", 300)),
        string.Join(' ', Enumerable.Repeat("مرحبا بالعالم שלום עולם", 60)),
        string.Join(' ', Enumerable.Repeat("नमस्ते สวัสดีครับ გამარჯობა", 40)),
        string.Join('\n', Enumerable.Range(1, 40).Select(n => $"linje {n} slut")),
        string.Join(' ', Enumerable.Repeat("Sagsbehandlingsforløbsundersøgelsesrapporteringsværktøjsadministratoruddannelsen", 12)),
        string.Join(' ', Enumerable.Repeat("FÆLLESOFFENTLIG DIGITALISERINGSSTRATEGI", 40)),
        "a\tb\u00A0c\u2003d <script>alert(1)</script> & \"x\"",
    ];

    [Fact]
    public async Task Every_line_ends_within_its_box_and_every_word_is_drawn()
    {
        var kinds = Enum.GetValues<ChainKind>();
        var document = ChainLayout.PlaceMissing(ChainApply.Apply(
            ChainDocument.Empty with { Title = Texts[0], Department = Texts[^2] },
            Texts.SelectMany((text, n) => ChainOperation.Add($"b{n}", kinds[n % kinds.Length], (ElementProperty.Text, text),
                (ElementProperty.Owner, text[..Math.Min(text.Length, 60)])).Changes)));
        var svg = new ChainPicture(ChainFixture.Texts<LayoutTexts>()).Draw(document, DateTimeOffset.UnixEpoch).ToSvg();

        await using var browser = await Browser.SignInAsync(new Uri("http://localhost"), null);
        await browser.Page.SetContentAsync($"<!doctype html><body style='margin:0'>{svg}</body>");
        var outside = await browser.Page.EvaluateAsync<JsonElement>(
            """
            () => {
              const outside = [], picture = document.querySelector("svg"), whole = picture.viewBox.baseVal;
              for (const line of picture.querySelectorAll("text")) {
                const box = line.closest("g")?.querySelector("rect")?.getBBox()
                ?? { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
                for (const part of line.querySelectorAll("tspan")) {
                  const end = Number(part.getAttribute("x")) + part.getComputedTextLength(), y = Number(part.getAttribute("y"));
                  const right = box.x + box.width;
                  if (end > right + .5 || y > box.y + box.height || y < box.y)
                    outside.push(`${part.textContent.slice(0, 30)} ends ${end.toFixed(1)} of ${right.toFixed(1)}`);
                }
              }
              return { outside, drawn: [...picture.querySelectorAll("tspan")].map(t => t.textContent).join(""),
              titled: picture.querySelector(":scope > title").textContent };
            }
            """);

        Assert.Empty(outside.GetProperty("outside").EnumerateArray().Select(o => o.GetString()));
        Assert.Equal(Texts[0], outside.GetProperty("titled").GetString());
        var drawn = Words(outside.GetProperty("drawn").GetString()!);
        Assert.All(Texts, text => Assert.Contains(Words(text), drawn, StringComparison.Ordinal));
    }

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
