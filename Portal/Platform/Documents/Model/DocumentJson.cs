using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Platform.Documents.Model;

/// <summary>Documents as JSON, for those that are stored.</summary>
public static class DocumentJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The document's JSON.</summary>
    public static string Write(Document document) => JsonSerializer.Serialize(document, Options);

    /// <summary>The document of a JSON text.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Document Read(string json) =>
        JsonSerializer.Deserialize<Document>(json, Options) ?? throw new JsonException("The text holds no document.");
}
