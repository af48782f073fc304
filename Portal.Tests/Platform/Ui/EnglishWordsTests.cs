using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Operations;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Xunit;

namespace Portal.Tests.Platform.Ui;

/// <summary>What an English page shows of the portal's own words that are stored or sent in Danish, and of numbers and times.</summary>
public sealed class EnglishWordsTests
{
    private const string DanishLetters = "æøåÆØÅ";

    private static readonly IStringLocalizer<UiTexts> Words = new StringLocalizer<UiTexts>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    [Fact]
    public void The_menu_and_the_page_say_the_same_of_the_worklist()
    {
        In("en");
        var factory = new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);
        Assert.Equal("10 need attention", new StringLocalizer<Portal.Platform.Shell.ShellTexts>(factory)["FollowUpCount", "10"].Value);
        Assert.Equal("10 need attention", new StringLocalizer<Portal.Features.FollowUp.FollowUpTexts>(factory)["Sub", "10"].Value);
    }

    [Fact]
    public void Every_known_action_has_the_standards_name_in_danish_and_another_in_english()
    {
        foreach (var name in KnownHandlinger.Names.Values)
        {
            In("da");
            Assert.Equal(name, StatusName.Of(name, Words));
            In("en");
            var english = StatusName.Of(name, Words)!;
            Assert.NotEqual(name, english);
            Assert.DoesNotContain(english, c => DanishLetters.Contains(c, StringComparison.Ordinal));
        }

        Assert.Equal("Noget ukendt", StatusName.Of("Noget ukendt", Words));
        Assert.Null(StatusName.Of(null, Words));
    }

    [Theory]
    [InlineData("<Haendelsesbesked", @"\AIt is not valid XML \(line \d+, character \d+\)\.\z")]
    [InlineData("<x/>", @"\AThe root is neither Haendelsesbesked nor ModtagBeskedInput\.\z")]
    public void Why_a_message_is_in_quarantine_is_english_on_an_english_page(string xml, string english)
    {
        var reading = Assert.IsType<EnvelopeReading.NotUnderstood>(HaendelsesbeskedReader.Read(Encoding.UTF8.GetBytes(xml)));
        In("da");
        Assert.Equal(reading.Detail, SystemText.Localized(reading.Detail));
        In("en");
        Assert.Matches(english, SystemText.Localized(reading.Detail));
    }

    [Fact]
    public void The_catalogues_own_sentences_and_why_a_process_stopped_are_english_and_what_people_wrote_stays()
    {
        In("en");
        foreach (var danish in (string[])[.. CatalogueSeed.Types.Select(t => t.Tells!), CatalogueSeed.UnknownName,
            CatalogueSeed.OtherTypesName, Outages.SilentWhy, PlannedStop.Why])
        {
            Assert.NotEqual(danish, SystemText.Localized(danish));
        }

        Assert.Equal("Beskrevet af Sofie på dansk.", SystemText.Localized("Beskrevet af Sofie på dansk."));
        Assert.Equal(("Folder", "Mappe"), (Transports.Name("folder"), Transports.Danish("folder")));
    }

    [Theory]
    [InlineData("Databasen svarer ikke. Beskederne bliver i køen.", "The database does not answer. The messages stay in the queue.")]
    [InlineData("Forbindelsen kunne ikke fornyes: Brokeren mq.example:5671 kan ikke nås: intet svar på 10 s.",
        "The connection could not be renewed: The broker mq.example:5671 cannot be reached: no answer in 10 s.")]
    [InlineData("Brokeren mq:5672 kan ikke nås.", "The broker mq:5672 cannot be reached.")]
    [InlineData("Uventet fejl (IOException).", "Unexpected fault (IOException).")]
    [InlineData("550 Mailboxen er fuld.", "550 Mailboxen er fuld.")]
    public void Why_a_transport_stands_still_is_english_and_what_another_system_said_stays(string danish, string english)
    {
        In("en");
        Assert.Equal(english, SystemText.Localized(danish));
    }

    [Fact]
    public void Numbers_hours_and_moments_are_written_as_the_page_is()
    {
        var at = new DateTimeOffset(2026, 11, 3, 13, 1, 48, TimeSpan.Zero);
        string[] Written() => [LanguageFormat.PageNumber(1_042_318), LanguageFormat.PageNumber(98.64, 1), LanguageFormat.PagePercent(1, 8),
            LanguageFormat.PagePercent(1, 0), LanguageFormat.PageHour(at), LanguageFormat.PageShortDateAndTime(at)];
        In("da");
        Assert.Equal(["1.042.318", "98,6", "12,5 %", "–", "kl. 14", "03.11.2026 14:01:48"], Written());
        In("en");
        Assert.Equal(["1,042,318", "98.6", "12.5%", "–", "14:00", "3 Nov 2026 14:01:48"], Written());
    }

    private static void In(string language) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
}
