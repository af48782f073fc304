using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Xunit;
using static Portal.Ingestion.Letters.StatusKind;

namespace Portal.Tests.Ingestion.Letters;

public sealed class ClassifierTests
{
    [Theory]
    [InlineData(KnownHandlinger.AfleveretDigitalPost, "Fejlet", null, new[] { Delivered })]
    [InlineData("F7161A89-5068-4023-BC80-D7F4DAAD2A2E", null, null, new[] { Delivered })]
    [InlineData(null, " tilbagekaldt ", null, new[] { Recalled })]
    [InlineData("00000000-0000-0000-0000-000000000000", "Fejlet", null, new[] { Failed })]
    [InlineData(KnownHandlinger.Foedsel, "Fejlet", null, new[] { Unknown })]
    [InlineData(KnownHandlinger.Afsendt, null, null, new[] { ProgressPhysical })]
    [InlineData(KnownHandlinger.ModtagetPostDanmark, null, null, new[] { Posted })]
    [InlineData(null, "MODTAGET  Fjern\u2011print", null, new[] { ProgressPhysical })]
    [InlineData(KnownHandlinger.Fejlet, null, "3", new[] { Failed })]
    [InlineData(null, "noget andet", "3", new[] { Delivered })]
    [InlineData(KnownHandlinger.OpdateringPostDanmark, null, "1;3", new[] { Returned, Delivered })]
    [InlineData(KnownHandlinger.OpdateringPostDanmark, null, "04;99", new[] { Unknown, Posted })]
    [InlineData(KnownHandlinger.OpdateringPostDanmark, null, null, new[] { Unknown })]
    [InlineData(null, null, null, new[] { Unknown })]
    public void The_action_decides_and_the_text_is_the_fallback(string? action, string? text, string? codes, StatusKind[] kinds) =>
        Assert.Equal(
            kinds, StatusClassifier.Classify(action, text, ReportedStatuses.SplitCodes(codes),
                EffectiveMeanings.Shipped(new PortalSettings().PostEventCodes)));
}
