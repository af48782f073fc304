using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Portal.Features.Benefits.Keeping;

/// <summary>Reads and writes the JSON of definitions and issued reports.</summary>
internal static class BenefitJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>
    /// The value; null when it cannot be read because it is damaged or written by a later version. One bad row does not stop the others
    /// from being read.
    /// </summary>
    public static T? Read<T>(string json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Reading);
        }
        catch (Exception damage) when (damage is JsonException or FormatException or ArgumentException or NotSupportedException
            or InvalidOperationException)
        {
            return null;
        }
    }

    // Refuses null where the type does not allow it.
    private static JsonSerializerOptions Reading { get; } = new(Options) { RespectNullableAnnotations = true };
}
