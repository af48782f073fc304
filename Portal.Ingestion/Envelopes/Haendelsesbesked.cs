using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// An event envelope from Fælleskommunal Beskedfordeler (namespace <c>urn:oio:besked:kuvert:1.0</c>), with every value as written by the
/// sender, trimmed. UUIDs are in lower case. Only <see cref="BeskedId"/> and <see cref="Beskedtype"/> are always set.
/// </summary>
public sealed record Haendelsesbesked
{
    /// <summary>The message's id: a UUID in lower case, anything else as written, trimmed; at most 200 characters.</summary>
    public required string BeskedId { get; init; }

    /// <summary>The message type: a UUID in lower case, or a URN as written.</summary>
    public required string Beskedtype { get; init; }

    public string? BeskedVersion { get; init; }

    public string? BeskedAnsvarligAktoer { get; init; }

    /// <summary>Receivers as written, e.g. <c>urn:oio:cvr:55133018</c>.</summary>
    public ValueList<string> TilladtModtager { get; init; } = [];

    public ValueList<RelateretObjekt> RelateretObjekt { get; init; } = [];

    public ValueList<ObjektRegistrering> ObjektRegistrering { get; init; } = [];

    public ValueList<string> TvaergaaendeProces { get; init; } = [];

    public Leveranceinformation? Leveranceinformation { get; init; }

    public string? Modtagerhandling { get; init; }

    public Tidsstempel? GyldighedFra { get; init; }

    public Tidsstempel? GyldighedTil { get; init; }

    public ValueList<Beskeddata> Beskeddata { get; init; } = [];
}

/// <summary>An object that the message is about.</summary>
public sealed record RelateretObjekt(string? ObjektId, string? ObjektType, string? ObjektRolle);

/// <summary>A registration of a change to an object.</summary>
public sealed record ObjektRegistrering
{
    public string? ObjektRegistreringId { get; init; }
    public string? RegistreringsAktoer { get; init; }
    public Tidsstempel? Registreringstidspunkt { get; init; }
    public string? ObjektAnsvarligMyndighed { get; init; }
    public string? ObjektId { get; init; }
    public string? ObjektType { get; init; }

    /// <summary>The action on the object; see <see cref="KnownHandlinger"/>.</summary>
    public string? ObjektHandling { get; init; }

    /// <summary>KLE subject, e.g. <c>urn:oio:kle:32.01.01</c>.</summary>
    public string? OpgaveEmne { get; init; }
}

/// <summary>When and where the message was made, and its route.</summary>
public sealed record Leveranceinformation
{
    public Tidsstempel? Dannelsestidspunkt { get; init; }
    public string? TransaktionsId { get; init; }
    public string? Kildesystem { get; init; }
    public string? KildesystemIPAdresse { get; init; }

    /// <summary>The source's credentials. Shown to administrators only, never logged.</summary>
    public string? KildesystemAkkreditiver { get; init; }

    public string? Sikkerhedsklassificering { get; init; }
    public ValueList<Leverancerute> Leveranceruter { get; init; } = [];
}

/// <summary>One leg of the delivery.</summary>
public sealed record Leverancerute
{
    public string? Fordelingssystem { get; init; }
    public Tidsstempel? ModtagelsesTidspunkt { get; init; }
    public Tidsstempel? LeveranceTidspunkt { get; init; }
    public string? ModtagetFraSystem { get; init; }
    public string? ErLeveretIHenholdTil { get; init; }
    public string? AntalLeveranceforsoeg { get; init; }
}

/// <summary>
/// A payload. Either a decoded <c>Base64</c> element (with its attributes) or the inner XML as written. <paramref name="Error"/> is null,
/// or one Danish sentence on why the payload could not be decoded, or not in the charset that it declares.
/// </summary>
public sealed record Beskeddata(string? Xml, string? ContentType, string? Encoding, string? FileType, bool IsBase64, string? Error);
