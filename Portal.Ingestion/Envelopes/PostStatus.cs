using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// The payload <c>PKO_PostStatus</c> (namespace <c>http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types</c>): the delivery status
/// of a letter. All values are optional in practice.
/// </summary>
public sealed record PostStatus
{
    public string? TransmissionId { get; init; }
    public string? MessageUUID { get; init; }
    public string? MessageId { get; init; }
    public string? AfsendelseIdentifikator { get; init; }
    public string? ForsendelseIdentifikator { get; init; }

    /// <summary>The channel as written, e.g. <c>Digital Post</c> or <c>Strålfors</c>.</summary>
    public string? KanalKode { get; init; }

    public Tidsstempel? TransaktionsDatoTid { get; init; }
    public string? BrugerNavn { get; init; }
    public string? EnhedTekst { get; init; }
    public string? AfsenderSystemIdentifikator { get; init; }

    /// <summary>The action's name; used when the action's UUID is unknown.</summary>
    public string? TransaktionsStatusKode { get; init; }

    public string? ForsendelseTypeIdentifikator { get; init; }
    public string? CorrelationId { get; init; }
    public string? FejlKode { get; init; }

    /// <summary>The sender's error text: often a long technical trace that contains markup. Show it as text, never as markup.</summary>
    public string? FejlTekst { get; init; }

    public ValueList<ForsendelseHaendelse> Haendelser { get; init; } = [];
}

/// <summary>
/// One event of an "Opdatering fra Post Danmark". The type code's meaning is configuration (<c>Evidence:PostEventCodes</c>).
/// </summary>
public sealed record ForsendelseHaendelse(string? TypeKode, Tidsstempel? DatoTid, string? Beloeb);
