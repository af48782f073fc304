namespace Portal.Ingestion.Envelopes;

/// <summary>The XML namespaces of the envelope standard and of the payload.</summary>
public static class EnvelopeNames
{
    /// <summary>The envelope.</summary>
    public const string Kuvert = "urn:oio:besked:kuvert:1.0";

    /// <summary>Identifiers and times.</summary>
    public const string Sagdok = "urn:oio:sagdok:3.0.0";

    /// <summary>The push operation's wrapper.</summary>
    public const string Sts = "urn:oio:sts:1.0.0";

    /// <summary>The Base64 element as real messages have it: without <c>oio</c>.</summary>
    public const string Base64 = "urn:besked:kuvert:1.0";

    /// <summary>The payload PKO_PostStatus.</summary>
    public const string PostStatus = "http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types";
}
