namespace Portal.Ingestion.Envelopes;

/// <summary>
/// How an envelope is written: the quirks of real senders. None of them changes the content. The default is how the real distributor
/// writes.
/// </summary>
public sealed record EnvelopeStyle
{
    /// <summary>
    /// Prefix of the envelope's namespace; empty for the default namespace. Any prefixes work, also when two namespaces share one.
    /// </summary>
    public string KuvertPrefix { get; init; } = "ns2";

    /// <summary>Prefix of the namespace of identifiers and times.</summary>
    public string SagdokPrefix { get; init; } = "";

    /// <summary>Prefix of the push operation's namespace.</summary>
    public string StsPrefix { get; init; } = "ns4";

    /// <summary>Prefix for the XML signature namespace, which senders declare without using it; null: not declared.</summary>
    public string? SignaturePrefix { get; init; } = "ns3";

    /// <summary>Prefix of the Base64 element's namespace.</summary>
    public string Base64Prefix { get; init; } = "";

    /// <summary>Prefix of the payload PKO_PostStatus.</summary>
    public string PostStatusPrefix { get; init; } = "";

    /// <summary>Wrapped in <c>ModtagBeskedInput</c>, as pushed; otherwise a bare <c>Haendelsesbesked</c>, as pulled.</summary>
    public bool Wrapped { get; init; } = true;

    /// <summary>Starts with a byte order mark (UTF-8 and UTF-16).</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>UUIDs in upper case.</summary>
    public bool UpperCaseUuids { get; init; }

    /// <summary>Comments inside elements, also in the middle of a value.</summary>
    public bool Comments { get; init; }

    /// <summary>
    /// Seed by which the children of every element are shuffled (elements of the same name keep their order); null: the standard's order.
    /// </summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>The PKO_PostStatus is in a Base64 element; otherwise it is XML.</summary>
    public bool Base64Payload { get; init; } = true;

    /// <summary>White space in the Base64 text.</summary>
    public bool Base64Whitespace { get; init; }

    /// <summary>Line breaks and indentation.</summary>
    public bool Indented { get; init; } = true;

    /// <summary>The encoding of the bytes, which the XML declaration names.</summary>
    public EnvelopeEncoding Encoding { get; init; }
}

/// <summary>The encodings that envelopes are written in.</summary>
public enum EnvelopeEncoding
{
    /// <summary>utf-8.</summary>
    Utf8,

    /// <summary>utf-16, little-endian.</summary>
    Utf16,

    /// <summary>iso-8859-1; other characters become character references.</summary>
    Latin1,
}
