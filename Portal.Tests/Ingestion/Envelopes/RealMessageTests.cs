using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Ingestion.Envelopes;

/// <summary>Real messages, which are not part of the repository; the test does nothing where they are missing.</summary>
public sealed class RealMessageTests
{
    [Fact]
    public void The_real_messages_are_read_as_they_were_sent()
    {
        if (Folder() is not { } folder) return;

        var status = Read(Path.Combine(folder, "tvist1-poststatus-success.xml"));
        Assert.Equal("bd12c645-de98-453a-ac80-f58a76942eda", status.Besked.BeskedId);
        Assert.Equal(KnownBeskedtyper.PostStatus, status.Besked.Beskedtype);
        Assert.Equal(["urn:oio:cvr:55133018"], status.Besked.TilladtModtager);
        Assert.Equal("::FFFF:172.30.217.227", status.Besked.Leveranceinformation?.KildesystemIPAdresse);
        Assert.Equal("1", Assert.Single(status.Besked.Leveranceinformation!.Leveranceruter).AntalLeveranceforsoeg);
        var registration = Assert.Single(status.Besked.ObjektRegistrering);
        Assert.Equal(KnownHandlinger.AfleveretDigitalPost, registration.ObjektHandling);
        Assert.Equal("8853363b-43ec-4d0a-a54d-65447f9447ed", registration.ObjektId);
        Assert.Null(status.PayloadTrouble);
        Assert.Equal(
            new PostStatus
            {
                TransmissionId = "1ab6eb87-a457-4ad3-8952-ed8f18a1676a",
                MessageUUID = "8853363b-43ec-4d0a-a54d-65447f9447ed",
                MessageId = "0d7a7d95-0c4a-4f86-bd98-c599d0b81128",
                KanalKode = "Digital Post",
                TransaktionsDatoTid =
                    new Tidsstempel("2023-02-13T11:22:05.154Z", new DateTimeOffset(2023, 2, 13, 11, 22, 5, 154, TimeSpan.Zero)),
                TransaktionsStatusKode = "Afleveret Digital Post",
                CorrelationId = "1ab6eb87-a457-4ad3-8952-ed8f18a1676a",
            },
            status.PostStatus);

        var birth = Read(Path.Combine(folder, "kombit-testbesked01.xml"));
        Assert.Equal("01157488-c45c-4fd2-b076-1de12effbf66", birth.Besked.BeskedId);
        Assert.Equal(KnownBeskedtyper.Test1, birth.Besked.Beskedtype);
        Assert.Equal(["urn:oio:cvr-nr:12345678"], birth.Besked.TilladtModtager);
        Assert.Equal(KnownHandlinger.Foedsel, Assert.Single(birth.Besked.ObjektRegistrering).ObjektHandling);
        Assert.Equal(new DateTimeOffset(2016, 3, 15, 7, 0, 10, TimeSpan.Zero), birth.Besked.GyldighedFra?.At);
        Assert.Contains("callCPRBasicInformationResponse", Assert.Single(birth.Besked.Beskeddata).Xml, StringComparison.Ordinal);
        Assert.Null(birth.PostStatus);
        Assert.Null(birth.PayloadTrouble);
    }

    private static EnvelopeReading.Understood Read(string file) =>
        Assert.IsType<EnvelopeReading.Understood>(HaendelsesbeskedReader.Read(File.ReadAllBytes(file)));

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "Portal.sln"))) continue;
            var folder = Path.Combine(at.FullName, "..", "shared", "data", "messages");
            return Directory.Exists(folder) ? folder : null;
        }

        return null;
    }
}
