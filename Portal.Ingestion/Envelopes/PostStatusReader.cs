using System.Xml;
using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Envelopes;

/// <summary>The result of looking for a PKO_PostStatus in a payload.</summary>
public abstract record PostStatusReading
{
    /// <summary>The payload has a PKO_PostStatus.</summary>
    public sealed record Found(PostStatus Status) : PostStatusReading;

    /// <summary>The payload is readable and has no PKO_PostStatus.</summary>
    public sealed record None : PostStatusReading;

    /// <summary>The payload cannot be read. <paramref name="Error"/> is a Danish sentence without content of the message.</summary>
    public sealed record Unreadable(string Error) : PostStatusReading;
}

/// <summary>Reads PKO_PostStatus at any depth of the payload. All elements are optional and in any order.</summary>
public static class PostStatusReader
{
    /// <summary>
    /// Reads <paramref name="payload"/>; never throws for bad content. Characters that XML forbids are removed, so that the rest can be
    /// read.
    /// </summary>
    public static PostStatusReading Read(string payload)
    {
        var text = payload.TrimStart(Leading);
        var reading = ReadOnce(text);
        return reading is PostStatusReading.Unreadable && PayloadText.WithoutForbidden(text) is var cleaned && cleaned.Length != text.Length
            ? ReadOnce(cleaned.TrimStart(Leading))
            : reading;
    }

    private static readonly char[] Leading = [' ', '\t', '\r', '\n', '\uFEFF', '\u200B', '\u00A0', '\0'];

    private static PostStatusReading ReadOnce(string payload)
    {
        try
        {
            using var xml = BoundedXml.OverFragment(payload);
            if (!xml.MoveTo("PKO_PostStatus", EnvelopeNames.PostStatus))
            {
                return xml.HasElements ? new PostStatusReading.None() : new PostStatusReading.Unreadable("Beskeddata er ikke gyldig XML.");
            }

            var status = ReadStatus(xml);
            xml.Finish();
            return new PostStatusReading.Found(status);
        }
        catch (BoundedXml.BoundsException bounds)
        {
            return new PostStatusReading.Unreadable($"Beskeddata {bounds.Message} og er ikke læst.");
        }
        catch (XmlException)
        {
            return new PostStatusReading.Unreadable("Beskeddata er ikke gyldig XML.");
        }
    }

    private static PostStatus ReadStatus(BoundedXml xml)
    {
        var result = new PostStatus();
        var events = new List<ForsendelseHaendelse>();
        xml.Children(() =>
        {
            switch (xml.LocalName)
            {
                case "FejlDetaljer":
                    xml.Children(() =>
                    {
                        if (xml.LocalName == "FejlKode") result = result with { FejlKode = xml.Text() };
                        else if (xml.LocalName == "FejlTekst") result = result with { FejlTekst = xml.Text() };
                    });
                    return;
                case "ForsendelseHaendelseSamling":
                    xml.Children(() =>
                    {
                        if (xml.LocalName == "ForsendelseHaendelse") events.Add(ReadHaendelse(xml));
                    });
                    return;
            }

            result = xml.LocalName switch
            {
                "TransmissionId" => result with { TransmissionId = Identifier.Normalise(xml.Text()) },
                "MessageUUID" => result with { MessageUUID = Identifier.Normalise(xml.Text()) },
                "MessageId" => result with { MessageId = Identifier.Normalise(xml.Text()) },
                "AfsendelseIdentifikator" => result with { AfsendelseIdentifikator = Identifier.Normalise(xml.Text()) },
                "ForsendelseIdentifikator" => result with { ForsendelseIdentifikator = Identifier.Normalise(xml.Text()) },
                "KanalKode" => result with { KanalKode = xml.Text() },
                "TransaktionsDatoTid" =>
                    result with { TransaktionsDatoTid = xml.Text() is { } text ? DanishTime.ParseTidsstempel(text) : null },
                "BrugerNavn" => result with { BrugerNavn = xml.Text() },
                "EnhedTekst" => result with { EnhedTekst = xml.Text() },
                "AfsenderSystemIdentifikator" => result with { AfsenderSystemIdentifikator = Identifier.Normalise(xml.Text()) },
                "TransaktionsStatusKode" => result with { TransaktionsStatusKode = xml.Text() },
                "ForsendelseTypeIdentifikator" => result with { ForsendelseTypeIdentifikator = Identifier.Normalise(xml.Text()) },
                "CorrelationId" => result with { CorrelationId = Identifier.Normalise(xml.Text()) },
                _ => result,
            };
        });
        return result with { Haendelser = [.. events] };
    }

    // Suppliers use different prefixes for these element names, so they are compared by their ends.
    private static ForsendelseHaendelse ReadHaendelse(BoundedXml xml)
    {
        string? code = null, amount = null;
        Tidsstempel? time = null;
        xml.Children(() =>
        {
            if (xml.LocalName.EndsWith("TypeKode", StringComparison.Ordinal)) code ??= xml.Text();
            else if (xml.LocalName.EndsWith("DatoTid", StringComparison.Ordinal) && xml.Text() is { } text)
                time ??= DanishTime.ParseTidsstempel(text);
            else if (xml.LocalName.EndsWith("Beloeb", StringComparison.Ordinal)) amount ??= xml.Text();
        });
        return new ForsendelseHaendelse(code, time, amount);
    }
}
