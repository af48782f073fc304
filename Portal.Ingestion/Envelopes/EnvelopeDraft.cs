using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Envelopes;

/// <summary>What has been read of an envelope so far.</summary>
internal sealed class EnvelopeDraft
{
    public int Envelopes { get; set; }
    public string? BeskedId { get; set; }
    public string? BeskedVersion { get; set; }
    public string? Beskedtype { get; set; }
    public string? BeskedAnsvarligAktoer { get; set; }
    public List<string> TilladtModtager { get; } = [];
    public List<RelateretObjekt> RelateretObjekt { get; } = [];
    public List<ObjektRegistrering> ObjektRegistrering { get; } = [];
    public List<string> TvaergaaendeProces { get; } = [];
    public Leveranceinformation? Leveranceinformation { get; set; }
    public string? Modtagerhandling { get; set; }
    public Tidsstempel? GyldighedFra { get; set; }
    public Tidsstempel? GyldighedTil { get; set; }
    public List<Beskeddata> Beskeddata { get; } = [];

    /// <summary>The envelope; BeskedId and Beskedtype must have been read.</summary>
    public Haendelsesbesked ToBesked() => new()
    {
        BeskedId = BeskedId!,
        Beskedtype = Beskedtype!,
        BeskedVersion = BeskedVersion,
        BeskedAnsvarligAktoer = BeskedAnsvarligAktoer,
        TilladtModtager = [.. TilladtModtager],
        RelateretObjekt = [.. RelateretObjekt],
        ObjektRegistrering = [.. ObjektRegistrering],
        TvaergaaendeProces = [.. TvaergaaendeProces],
        Leveranceinformation = Leveranceinformation,
        Modtagerhandling = Modtagerhandling,
        GyldighedFra = GyldighedFra,
        GyldighedTil = GyldighedTil,
        Beskeddata = [.. Beskeddata],
    };
}
