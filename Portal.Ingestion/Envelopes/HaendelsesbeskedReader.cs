using System.Text;
using System.Xml;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// Reads bytes as an envelope in one bounded, forward pass. Only BeskedId and Beskedtype are required; everything else is kept as written
/// and is never a reason to refuse. Stateless: safe to call from many threads.
/// </summary>
public static class HaendelsesbeskedReader
{
    /// <summary>The longest BeskedId that is accepted, in characters (code points); the ledger's format has the same limit.</summary>
    public const int MaxBeskedIdLength = 200;

    /// <summary>Reads <paramref name="bytes"/>; never throws for bad content.</summary>
    public static EnvelopeReading Read(ReadOnlyMemory<byte> bytes)
    {
        var draft = new EnvelopeDraft();
        try
        {
            using var xml = BoundedXml.Over(bytes);
            xml.MoveToRoot();
            if (!ReadRoot(xml, draft)) return Malformed("Roden er hverken Haendelsesbesked eller ModtagBeskedInput.", draft);
            xml.Finish();
        }
        catch (BoundedXml.BoundsException bounds)
        {
            return Malformed($"XML {bounds.Message}.", draft);
        }
        catch (XmlException problem)
        {
            // The exception's text may quote the message, so only the line and column are passed on.
            var place = problem.LineNumber > 0 ? $" (linje {problem.LineNumber}, tegn {problem.LinePosition})" : "";
            return Malformed($"Det er ikke gyldig XML{place}{PayloadText.NotUtf8(bytes.Span)}.", draft);
        }
        catch (Exception problem) when (problem is DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            return Malformed("Teksten passer ikke med det tegnsæt, som den angiver.", draft);
        }

        return Conclude(draft);
    }

    private static bool ReadRoot(BoundedXml xml, EnvelopeDraft draft)
    {
        if (xml is { LocalName: "Haendelsesbesked", Namespace: EnvelopeNames.Kuvert })
        {
            EnvelopeElements.ReadBesked(xml, draft);
            return true;
        }

        if (xml is not { LocalName: "ModtagBeskedInput", Namespace: EnvelopeNames.Sts }) return false;
        xml.Children(() =>
        {
            if (xml is not { LocalName: "Haendelsesbesked", Namespace: EnvelopeNames.Kuvert }) return;
            draft.Envelopes++;
            if (draft.Envelopes == 1) EnvelopeElements.ReadBesked(xml, draft);
        });
        return draft.Envelopes > 0;
    }

    private static EnvelopeReading Conclude(EnvelopeDraft draft)
    {
        if (draft.Envelopes > 1) return Malformed("Der er mere end én Haendelsesbesked i samme modtagelse.", draft);
        if (draft.BeskedId is null) return new EnvelopeReading.NotUnderstood(QuarantineReason.MissingId, "BeskedId mangler.", null);
        if (!IsStorable(draft.BeskedId)) return Malformed($"BeskedId er længere end {MaxBeskedIdLength} tegn eller har styretegn.", draft);
        if (draft.Beskedtype is null)
            return new EnvelopeReading.NotUnderstood(QuarantineReason.MissingType, "Beskedtype mangler.", draft.BeskedId);

        var besked = draft.ToBesked();
        var (status, error) = FindPostStatus(besked);
        return new EnvelopeReading.Understood(besked, status, error);
    }

    private static (PostStatus? Status, string? Error) FindPostStatus(Haendelsesbesked besked)
    {
        string? error = null;
        foreach (var data in besked.Beskeddata) error ??= data.Error;
        if (besked.Beskedtype != KnownBeskedtyper.PostStatus) return (null, error);

        foreach (var data in besked.Beskeddata)
        {
            if (data.Xml is null) continue;
            switch (PostStatusReader.Read(data.Xml))
            {
                case PostStatusReading.Found found:
                    return (found.Status, error);
                case PostStatusReading.Unreadable unreadable:
                    error ??= unreadable.Error;
                    break;
                default:
                    error ??= "Beskeddata indeholder ingen PKO_PostStatus.";
                    break;
            }
        }

        return (null, error);
    }

    // Counts code points, not UTF-16 units: an emoji is one.
    private static bool IsStorable(string id) =>
        (id.Length <= MaxBeskedIdLength || id.EnumerateRunes().Count() <= MaxBeskedIdLength) && !id.Any(char.IsControl);

    private static EnvelopeReading.NotUnderstood Malformed(string detail, EnvelopeDraft draft) =>
        new(QuarantineReason.Malformed, detail, draft.BeskedId is { } id && IsStorable(id) ? id : null);
}
