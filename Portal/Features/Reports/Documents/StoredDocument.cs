using System.Text.Json;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Reports.Documents.Legacy;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// Reads what an issued report said. It is stored as a document; rows of older versions hold the <see cref="LegacyReport"/> that was shown,
/// and stay as they are.
/// </summary>
internal static class StoredDocument
{
    /// <summary>The document; null when it cannot be read because it is damaged or written by a later version.</summary>
    public static Document? Read(string json)
    {
        try
        {
            if (!IsDocument(json)) return BenefitJson.Read<LegacyReport>(json) is { } model ? LegacyDocument.Build(model) : null;
            var document = DocumentJson.Read(json);
            return document.Blocks.IsDefault ? null : document;
        }
        catch (Exception damage) when (damage is JsonException or FormatException or ArgumentException or NotSupportedException
            or InvalidOperationException)
        {
            return null;
        }
    }

    // A document has blocks; a report never had.
    private static bool IsDocument(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return parsed.RootElement.ValueKind == JsonValueKind.Object && parsed.RootElement.TryGetProperty("blocks", out _);
    }
}
