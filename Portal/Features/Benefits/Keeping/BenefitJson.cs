using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Portal.Features.Benefits.Keeping;

/// <summary>How definitions and issued reports are stored.</summary>
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
    /// The value; null when it cannot be read: damaged, or written by a later version. What is around it is read all the same.
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

    // What the type says is never null must not come out as null.
    private static JsonSerializerOptions Reading { get; } = new(Options) { RespectNullableAnnotations = true };
}
