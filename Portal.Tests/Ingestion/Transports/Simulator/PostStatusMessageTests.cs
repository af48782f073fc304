using System.Xml.Linq;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Transports.Simulator;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Simulator;

public sealed class PostStatusMessageTests
{
    private static readonly PostStatusStep Step = new()
    {
        BeskedId = "bd12c645-de98-453a-ac80-f58a76942eda",
        Cvr = "55133018",
        Action = KnownHandlinger.AfleveretDigitalPost,
        At = new DateTimeOffset(2023, 2, 13, 12, 22, 5, 154, TimeSpan.FromHours(1)),
        MessageUuid = "8853363b-43ec-4d0a-a54d-65447f9447ed",
        TransmissionId = "1ab6eb87-a457-4ad3-8952-ed8f18a1676a",
        MessageId = "0d7a7d95-0c4a-4f86-bd98-c599d0b81128",
        Channel = "Digital Post",
    };

    [Fact]
    public void A_step_becomes_an_envelope_like_the_real_one()
    {
        var read = Read(Step);
        Assert.Equal(Step.BeskedId, read.Besked.BeskedId);
        Assert.Equal(KnownBeskedtyper.PostStatus, read.Besked.Beskedtype);
        Assert.Equal(["urn:oio:cvr:55133018"], read.Besked.TilladtModtager);
        Assert.Equal(KnownSikkerhedsklassificeringer.IkkeFortrolig, read.Besked.Leveranceinformation?.Sikkerhedsklassificering);
        var registration = Assert.Single(read.Besked.ObjektRegistrering);
        Assert.Equal(Step.MessageUuid, registration.ObjektId);
        Assert.Equal(Step.TransmissionId, registration.ObjektRegistreringId);
        Assert.Equal("urn:oio:cvr:55133018", registration.ObjektAnsvarligMyndighed);
        Assert.Equal(Step.Action, registration.ObjektHandling);
        Assert.Equal(
            new PostStatus
            {
                TransmissionId = Step.TransmissionId,
                MessageUUID = Step.MessageUuid,
                MessageId = Step.MessageId,
                KanalKode = "Digital Post",
                TransaktionsDatoTid = new Tidsstempel("2023-02-13T11:22:05.154Z", Step.At.ToUniversalTime()),
                TransaktionsStatusKode = "Afleveret Digital Post",
                CorrelationId = Step.TransmissionId,
            },
            read.PostStatus);
        Assert.Null(read.PayloadTrouble);
    }

    [Fact]
    public void A_step_is_pushed_with_its_payload_in_base64()
    {
        var root = XDocument.Parse(System.Text.Encoding.UTF8.GetString(PostStatusMessage.Build(Step))).Root!;
        Assert.Equal(XName.Get("ModtagBeskedInput", EnvelopeNames.Sts), root.Name);
        var base64 = Assert.Single(root.Descendants(XName.Get("Base64", EnvelopeNames.Base64)));
        Assert.Equal("UTF-8", (string?)base64.Attribute("encoding"));
    }

    [Fact]
    public void A_bare_step_has_no_wrapper() =>
        Assert.Equal("Haendelsesbesked", XDocument.Parse(
            System.Text.Encoding.UTF8.GetString(PostStatusMessage.Build(Step with { Wrapped = false }))).Root!.Name.LocalName);

    [Fact]
    public void A_failure_and_an_event_are_reported()
    {
        var status = Read(Step with { Action = KnownHandlinger.OpdateringPostDanmark, ErrorCode = "memo.invalid", ErrorText = "<b>&",
            EventCode = "1" }).PostStatus!;
        Assert.Equal(
            ("memo.invalid", "<b>&", "Opdatering fra Post Danmark"), (status.FejlKode, status.FejlTekst, status.TransaktionsStatusKode));
        Assert.Equal("1", Assert.Single(status.Haendelser).TypeKode);
    }

    [Fact]
    public void The_same_step_gives_the_same_bytes() => Assert.Equal(PostStatusMessage.Build(Step), PostStatusMessage.Build(Step with { }));

    private static EnvelopeReading.Understood Read(PostStatusStep step) =>
        Assert.IsType<EnvelopeReading.Understood>(HaendelsesbeskedReader.Read(PostStatusMessage.Build(step)));
}
