using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Settings;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>Shipped meanings, over them the tables, over them the configured codes.</summary>
public sealed class EffectiveMeaningsTests
{
    private const string Strålfors = "afd21f3d-11c7-4f51-b2a6-f31d6480a9fb";
    private static readonly IReadOnlyDictionary<string, string> Configured = new PortalSettings().PostEventCodes;

    [Fact]
    public void A_configured_code_goes_before_the_table_and_a_code_of_the_table_counts_too()
    {
        var meanings = EffectiveMeanings.Of([Code("1", "receipt"), Code("9", "tracking"), Code("8", "unknown")], [], [], Configured);
        Assert.Equal(["return", "tracking", "tracking", null, null],
            ((string[])["01", "9", "009", "8", "x"]).Select(meanings.OfEvent));
        Assert.Equal("1=return, 2=new-address, 3=receipt, 4=tracking, 9=tracking", meanings.Rules);
    }

    [Fact]
    public void A_configured_code_hides_the_same_number_of_the_table()
    {
        var meanings = EffectiveMeanings.Of([Code("1", "receipt")], [], [], new Dictionary<string, string> { ["01"] = "return" });
        Assert.Equal(("return", null), (meanings.OfEvent("01"), meanings.OfEvent("1")));
    }

    [Fact]
    public void An_edited_action_means_what_its_row_says_and_a_meaning_of_a_later_version_is_unknown()
    {
        var meanings = EffectiveMeanings.Of(
            [Action(KnownHandlinger.Afsendt, "posted"), Action(KnownHandlinger.Fejlet, "noget nyt")], [], [], Configured);
        Assert.Equal(StatusKind.Posted, meanings.OfAction(KnownHandlinger.Afsendt.ToUpperInvariant()));
        Assert.Equal(StatusKind.Unknown, meanings.OfAction(KnownHandlinger.Fejlet));
        Assert.Equal(StatusKind.Delivered, meanings.OfAction(KnownHandlinger.AfleveretDigitalPost));
        Assert.NotEqual(EffectiveMeanings.Shipped(Configured).Rules, meanings.Rules);
    }

    [Fact]
    public void Rows_as_shipped_make_no_other_rules_than_none()
    {
        var rows = ShippedMeanings.Actions.Select(a => Action(a.Key, MeaningNames.Of(a.Value)));
        Assert.Equal(EffectiveMeanings.Shipped(Configured).Rules, EffectiveMeanings.Of(rows, [], [], Configured).Rules);
    }

    [Theory]
    [InlineData("2025-12-30T22:59:59Z", null, null, "PostNord")]
    [InlineData("2025-12-30T23:00:00Z", null, null, null)]
    [InlineData("2025-12-31T23:00:00Z", null, null, "dao")]
    [InlineData("2026-03-29T01:30:00Z", Strålfors, null, "Bud")]
    [InlineData("2026-03-29T01:30:00Z", null, "strålfors", "Bud")]
    [InlineData("2026-03-29T01:30:00Z", "11111111-11c7-4f51-b2a6-f31d6480a9fb", null, "dao")]
    public void A_carrier_is_found_by_the_day_in_Copenhagen_and_a_senders_own_goes_first(
        string at, string? sender, string? channel, string? carrier)
    {
        var meanings = EffectiveMeanings.Of([], [new StoredSender { Uuid = Strålfors, Name = "Strålfors", Source = "" }],
        [
            new StoredCarrier { To = new DateOnly(2025, 12, 30), Name = "PostNord", Source = "" },
            new StoredCarrier { From = new DateOnly(2026, 1, 1), Name = "dao", Source = "" },
            new StoredCarrier { Sender = Strålfors, From = new DateOnly(2026, 3, 1), Name = "Bud", Source = "" },
        ], Configured);
        Assert.Equal(carrier, meanings.CarrierOf(
            sender, channel, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Every_meaning_has_a_name_of_its_own_and_words() => Assert.All(
        MeaningNames.OfActions.Concat(MeaningNames.OfCodes).Append(MeaningNames.Events).Where(n => n != MeaningNames.Unknown),
        name => Assert.NotEqual(MeaningNames.Words(MeaningNames.Unknown), MeaningNames.Words(name)));

    private static StoredMeaning Code(string code, string meaning) =>
        new() { Kind = StoredMeaning.EventCode, Key = code, Name = code, Meaning = meaning, Source = "" };

    private static StoredMeaning Action(string key, string meaning) =>
        new() { Kind = StoredMeaning.Action, Key = key, Name = key, Meaning = meaning, Source = "" };
}
