using System.Globalization;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Exchange;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Layout;
using Portal.Features.Chains.Pictures;
using Portal.Features.Chains.Storage;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>A person number in a chain is reported where it is written, and masked in everything exported from the canvas.</summary>
public sealed class ChainMaskTests
{
    private const string Number = "010101-4327", Serial = "4327", Shown = "010101-xxxx";

    private static readonly string[] Texts = [.. ElementProperty.All.Where(ElementProperty.IsText).Except([ElementProperty.MessageType])];

    public static TheoryData<string> Properties => [.. Texts];

    private static ChainDocument With(string property, string text) =>
        ChainLayout.PlaceMissing(ChainApply.Apply(ChainGen.Chain("g1:benefit:Færre fejl"), new SetValue("g1", property, text)));

    private static ChainSummary Summary(ChainDocument document) =>
        new("k", document.Title, document.Department, document.Stage, 1, 1, DateTimeOffset.UnixEpoch, "Freja", DateTimeOffset.UnixEpoch,
            "Freja", null);

    private static string Json(ChainDocument document) =>
        System.Text.Json.JsonSerializer.Serialize(ChainJson.Of(Summary(document), document));

    private static string Svg(ChainDocument document) =>
        new ChainPicture(ChainFixture.Texts<LayoutTexts>()).Draw(document, DateTimeOffset.UnixEpoch).ToSvg();

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_number_in_any_text_of_a_box_is_masked_in_picture_and_file_and_asked_about(string property)
    {
        var document = With(property, $"Borger {Number} klager");
        Assert.Contains(Shown, Json(document), StringComparison.Ordinal);
        Assert.DoesNotContain(Serial, Json(document) + Svg(document), StringComparison.Ordinal);
        Assert.Contains(new QualityHint(HintKind.LooksLikeCpr, "g1"), QualityHints.Of(document));
        Assert.Contains(
            "CPR-nummer", new QualityHint(HintKind.LooksLikeCpr, "g1").Describe(ChainFixture.Texts<HintTexts>()), StringComparison.Ordinal);

        // The document itself keeps what was written.
        Assert.Equal($"Borger {Number} klager", document.Find("g1")!.Get(property));
    }

    [Fact]
    public void A_number_in_title_department_and_assumption_is_masked_and_asked_about()
    {
        var document = ChainApply.Apply(
            ChainGen.Chain("d1:problem>f1", "f1:future"), new SetLinkValue("d1", "f1", ChainLink.AssumptionProperty, Number));
        document = ChainLayout.PlaceMissing(document with { Title = $"Sag {Number}", Department = $"Team {Number}" });
        Assert.DoesNotContain(Serial, Json(document) + Svg(document) + ChainFileName.Of(document.Title, "svg") + Summary(document).Masked(),
            StringComparison.Ordinal);
        Assert.Contains(new QualityHint(HintKind.LooksLikeCpr, null), QualityHints.Of(document));
    }

    [Fact]
    public void A_note_alone_is_asked_about_too_and_nothing_else_is_asked_of_it() =>
        Assert.Equal([new QualityHint(HintKind.LooksLikeCpr, "n1")], QualityHints.Of(ChainGen.Chain($"n1:note:{Number}")));

    [Fact]
    public void A_chain_without_a_number_is_the_same_chain()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("da");
        var document = With(ElementProperty.Text, "P-nr. 1012345678 og EAN 5790000123456");
        Assert.Same(document, ChainMask.Of(document));
        Assert.DoesNotContain(QualityHints.Of(document), h => h.Kind == HintKind.LooksLikeCpr);
    }
}
