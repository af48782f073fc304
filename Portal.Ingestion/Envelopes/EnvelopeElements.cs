using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// Reads the envelope's elements. The code follows the standard's order from the outside in; on the wire any order is accepted.
/// </summary>
internal static class EnvelopeElements
{
    /// <summary>Haendelsesbesked.</summary>
    public static void ReadBesked(BoundedXml xml, EnvelopeDraft draft) => xml.Children(() =>
    {
        if (xml.Namespace != EnvelopeNames.Kuvert) return;
        switch (xml.LocalName)
        {
            case "BeskedId": draft.BeskedId ??= BeskedId(xml); break;
            case "BeskedVersion": draft.BeskedVersion ??= xml.Text(); break;
            case "Beskedkuvert": ReadKuvert(xml, draft); break;
            case "Beskeddata": BeskeddataReader.Read(xml, draft.Beskeddata); break;
        }
    });

    private static void ReadKuvert(BoundedXml xml, EnvelopeDraft draft) => xml.Children(() =>
    {
        if (xml.Namespace != EnvelopeNames.Kuvert) return;
        switch (xml.LocalName)
        {
            case "Filtreringsdata": ReadFiltreringsdata(xml, draft); break;
            case "Leveranceinformation": draft.Leveranceinformation ??= ReadLeveranceinformation(xml); break;
            case "Modtagerhandling": draft.Modtagerhandling ??= TextOrId(xml); break;
            case "GyldighedFra": draft.GyldighedFra ??= Tid(xml); break;
            case "GyldighedTil": draft.GyldighedTil ??= Tid(xml); break;
        }
    });

    private static void ReadFiltreringsdata(BoundedXml xml, EnvelopeDraft draft) => xml.Children(() =>
    {
        if (xml.Namespace != EnvelopeNames.Kuvert) return;
        switch (xml.LocalName)
        {
            case "Beskedtype": draft.Beskedtype ??= UnikId(xml); break;
            case "BeskedAnsvarligAktoer": draft.BeskedAnsvarligAktoer ??= UnikId(xml); break;
            case "TilladtModtager": AddId(xml, draft.TilladtModtager); break;
            case "TvaergaaendeProces": AddId(xml, draft.TvaergaaendeProces); break;
            case "RelateretObjekt": draft.RelateretObjekt.Add(ReadRelateretObjekt(xml)); break;
            case "ObjektRegistrering": draft.ObjektRegistrering.Add(ReadObjektRegistrering(xml)); break;
        }
    });

    private static RelateretObjekt ReadRelateretObjekt(BoundedXml xml)
    {
        string? id = null, type = null, role = null;
        xml.Children(() =>
        {
            if (xml.Namespace != EnvelopeNames.Kuvert) return;
            switch (xml.LocalName)
            {
                case "ObjektId": id ??= UnikId(xml); break;
                case "ObjektType": type ??= UnikId(xml); break;
                case "ObjektRolle": role ??= TextOrId(xml); break;
            }
        });
        return new RelateretObjekt(id, type, role);
    }

    private static ObjektRegistrering ReadObjektRegistrering(BoundedXml xml)
    {
        var result = new ObjektRegistrering();
        xml.Children(() =>
        {
            if (xml.Namespace != EnvelopeNames.Kuvert) return;
            result = xml.LocalName switch
            {
                "ObjektRegistreringId" => result with { ObjektRegistreringId = UnikId(xml) ?? result.ObjektRegistreringId },
                "RegistreringsAktoer" => result with { RegistreringsAktoer = UnikId(xml) ?? result.RegistreringsAktoer },
                "Registreringstidspunkt" => result with { Registreringstidspunkt = Tid(xml) ?? result.Registreringstidspunkt },
                "ObjektAnsvarligMyndighed" => result with { ObjektAnsvarligMyndighed = UnikId(xml) ?? result.ObjektAnsvarligMyndighed },
                "ObjektId" => result with { ObjektId = UnikId(xml) ?? result.ObjektId },
                "ObjektType" => result with { ObjektType = UnikId(xml) ?? result.ObjektType },
                "ObjektHandling" => result with { ObjektHandling = UnikId(xml) ?? result.ObjektHandling },
                "OpgaveEmne" => result with { OpgaveEmne = UnikId(xml) ?? result.OpgaveEmne },
                _ => result,
            };
        });
        return result;
    }

    private static Leveranceinformation ReadLeveranceinformation(BoundedXml xml)
    {
        var result = new Leveranceinformation();
        var ruter = new List<Leverancerute>();
        xml.Children(() =>
        {
            if (xml.Namespace != EnvelopeNames.Kuvert) return;
            if (xml.LocalName == "Leveranceruter")
            {
                xml.Children(() =>
                {
                    if (xml is { LocalName: "Leverancerute", Namespace: EnvelopeNames.Kuvert }) ruter.Add(ReadLeverancerute(xml));
                });
                return;
            }

            result = xml.LocalName switch
            {
                "Dannelsestidspunkt" => result with { Dannelsestidspunkt = Tid(xml) },
                "TransaktionsId" => result with { TransaktionsId = UnikId(xml) },
                "Kildesystem" => result with { Kildesystem = UnikId(xml) },
                "KildesystemIPAdresse" => result with { KildesystemIPAdresse = xml.Text() },
                "KildesystemAkkreditiver" => result with { KildesystemAkkreditiver = xml.Text() },
                "Sikkerhedsklassificering" => result with { Sikkerhedsklassificering = UnikId(xml) },
                _ => result,
            };
        });
        return result with { Leveranceruter = [.. ruter] };
    }

    private static Leverancerute ReadLeverancerute(BoundedXml xml)
    {
        var result = new Leverancerute();
        xml.Children(() =>
        {
            if (xml.Namespace != EnvelopeNames.Kuvert) return;
            switch (xml.LocalName)
            {
                case "Fordelingssystem": result = result with { Fordelingssystem = UnikId(xml) }; break;
                case "ModtagelsesTidspunkt": result = result with { ModtagelsesTidspunkt = Tid(xml) }; break;
                case "LeveranceTidspunkt": result = result with { LeveranceTidspunkt = Tid(xml) }; break;
                case "ModtagetFraSystem": result = result with { ModtagetFraSystem = UnikId(xml) }; break;
                case "ErLeveretIHenholdTil": result = result with { ErLeveretIHenholdTil = UnikId(xml) }; break;
                case "LeveranceruteLokalUdvidelse":
                    xml.Children(() =>
                    {
                        if (xml.LocalName == "AntalLeveranceforsoeg") result = result with { AntalLeveranceforsoeg = xml.Text() };
                    });
                    break;
            }
        });
        return result;
    }

    private static void AddId(BoundedXml xml, List<string> list)
    {
        if (UnikId(xml) is { } id) list.Add(id);
    }

    private static string? BeskedId(BoundedXml xml) => Identifier.AsBeskedId(Written(xml));

    private static string? UnikId(BoundedXml xml) => Identifier.Normalise(Written(xml));

    /// <summary>UnikIdType = UUIDIdentifikator | URNIdentifikator.</summary>
    private static string? Written(BoundedXml xml)
    {
        string? id = null;
        xml.Children(() =>
        {
            if (xml.LocalName is "UUIDIdentifikator" or "URNIdentifikator") id ??= xml.Text();
        });
        return id;
    }

    /// <summary>An identifier, or the text of an element that the standard leaves open.</summary>
    private static string? TextOrId(BoundedXml xml) => Identifier.Normalise(xml.Text());

    /// <summary>TidspunktType = TidsstempelDatoTid | GraenseIndikator.</summary>
    private static Tidsstempel? Tid(BoundedXml xml)
    {
        Tidsstempel? time = null;
        xml.Children(() =>
        {
            switch (xml.LocalName)
            {
                case "TidsstempelDatoTid" when xml.Text() is { } text: time ??= DanishTime.ParseTidsstempel(text); break;
                case "GraenseIndikator" when xml.Text() is { } text: time ??= new Tidsstempel(text, null); break;
            }
        });
        return time;
    }
}
