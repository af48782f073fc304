namespace Portal.Ingestion.Envelopes;

/// <summary>An element to be written: with a text, with children, or with XML that is written unchanged.</summary>
internal sealed record EnvelopeNode(string Namespace, string Name)
{
    public IReadOnlyList<EnvelopeNode> Children { get; init; } = [];
    public string? Text { get; init; }
    public string? InnerXml { get; init; }
    public IReadOnlyList<(string Name, string Value)> Attributes { get; init; } = [];

    /// <summary>The text is an identifier: the style may write a UUID in upper case.</summary>
    public bool IsIdentifier { get; init; }

    /// <summary>An element of the envelope with those of <paramref name="children"/> that are not null.</summary>
    public static EnvelopeNode Kuvert(string name, params IEnumerable<EnvelopeNode?> children) =>
        new(EnvelopeNames.Kuvert, name) { Children = [.. children.OfType<EnvelopeNode>()] };

    /// <summary>An element of the envelope that holds text; null when there is no text.</summary>
    public static EnvelopeNode? KuvertText(string name, string? text) =>
        text is null ? null : new(EnvelopeNames.Kuvert, name) { Text = text };
}
