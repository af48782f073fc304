using System.Resources;
using Portal.Features.Messages;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Messages;

public sealed class ActionTextsTests
{
    public static TheoryData<string> Actions() =>
        [.. KnownHandlinger.Names.Keys.Where(a => a is not (KnownHandlinger.Foedsel or KnownHandlinger.Doedsfald))];

    [Theory, MemberData(nameof(Actions))]
    public void Every_known_action_of_a_letter_has_a_word_and_a_sentence(string action)
    {
        var message = FakeMessageReader.Sample(1) with { Action = action.ToUpperInvariant() };
        var shipped = EffectiveMeanings.ShippedOf(action);
        var name = ActionTexts.NameOf(message, shipped is StatusKind.Unknown ? StatusKind.Returned : shipped);
        Assert.Equal(action == KnownHandlinger.OpdateringPostDanmark, name == nameof(StatusKind.Returned));

        // What an administrator said it means goes before the action's own texts.
        Assert.Equal(nameof(StatusKind.Returned), ActionTexts.NameOf(message, StatusKind.Returned));
        Assert.NotNull(
            new ResourceManager(typeof(UiTexts)).GetString($"Status{name}", System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotNull(
            new ResourceManager(typeof(MessageTexts)).GetString($"Story{name}", System.Globalization.CultureInfo.InvariantCulture));
    }
}
