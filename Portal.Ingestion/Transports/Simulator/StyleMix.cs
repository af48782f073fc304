using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Transports.Simulator;

/// <summary>Random XML styles like those of real senders: most like the distributor's, some not.</summary>
internal static class StyleMix
{
    /// <summary>A style for one message.</summary>
    public static EnvelopeStyle Of(SeededRandom random)
    {
        var style = new EnvelopeStyle { Wrapped = !random.Percent(10) };
        if (random.Percent(10))
        {
            style = style with { KuvertPrefix = random.Of("", "b", "kuvert"), SagdokPrefix = random.Of("sd", "ns5"), StsPrefix = "sts",
                SignaturePrefix = null, PostStatusPrefix = "pko" };
        }
        if (random.Percent(10)) style = style with { UpperCaseUuids = true };
        if (random.Percent(5)) style = style with { Comments = true };
        if (random.Percent(5)) style = style with { ShuffleSeed = random.Below(1000) };
        if (random.Percent(5)) style = style with { Base64Payload = false };
        if (random.Percent(10)) style = style with { Base64Whitespace = true };
        if (random.Percent(5)) style = style with { ByteOrderMark = true };
        if (random.Percent(20)) style = style with { Indented = false };
        if (random.Percent(3)) style = style with { Encoding = EnvelopeEncoding.Latin1 };
        if (random.Percent(2)) style = style with { Encoding = EnvelopeEncoding.Utf16, ByteOrderMark = true };
        return style;
    }
}
