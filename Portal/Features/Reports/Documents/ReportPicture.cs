using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>A chain's picture in a report.</summary>
/// <param name="Description">How many boxes of each kind it has.</param>
[JsonConverter(typeof(ReportPictureJson))]
public sealed record ReportPicture(Drawing Drawing, string Description);

/// <summary>
/// Reads the pictures of reports that were issued before documents were stored: then a picture was the SVG itself. Throws a JsonException
/// for anything else.
/// </summary>
internal sealed class ReportPictureJson : JsonConverter<ReportPicture>
{
    /// <inheritdoc />
    public override ReportPicture Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return ChainSvg.Read(reader.GetString() ?? throw new JsonException("There is no picture."));
        }
        catch (Exception damage) when (damage is System.Xml.XmlException or FormatException or OverflowException)
        {
            throw new JsonException("The picture is damaged.", damage);
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ReportPicture value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Issued reports are stored as documents.");
}
