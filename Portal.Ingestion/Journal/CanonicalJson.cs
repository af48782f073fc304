using System.Globalization;
using System.Text;

namespace Portal.Ingestion.Journal;

/// <summary>
/// Writes facts as canonical JSON (RFC 8785): properties in the order of their UTF-16 code units, no white space, only the escapes that
/// JSON needs. The same facts give the same bytes in every culture and version. Facts are texts, whole numbers, truth values, null, lists
/// and dictionaries of facts; a fraction has no place here, since its digits would depend on the writer.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The JSON text of an object.</summary>
    /// <exception cref="ArgumentException">A value is none of those, or a whole number is beyond 2^53, which JSON does not
    /// keep.</exception>
    public static string Write(IReadOnlyDictionary<string, object?> facts)
    {
        var text = new StringBuilder(512);
        WriteValue(text, facts);
        return text.ToString();
    }

    /// <summary>The JSON text of one value.</summary>
    internal static string WriteOne(object? value)
    {
        var text = new StringBuilder();
        WriteValue(text, value);
        return text.ToString();
    }

    private static void WriteValue(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case bool truth: text.Append(truth ? "true" : "false"); break;
            case string words: WriteText(text, words); break;
            case int number: text.Append(number.ToString(CultureInfo.InvariantCulture)); break;
            case long number when Math.Abs(number) <= 1L << 53: text.Append(number.ToString(CultureInfo.InvariantCulture)); break;
            case IReadOnlyDictionary<string, object?> facts: WriteObject(text, facts); break;
            case IReadOnlyList<object?> list: WriteList(text, list); break;
            default: throw new ArgumentException($"A fact of type {value.GetType().Name} has no canonical form.", nameof(value));
        }
    }

    private static void WriteObject(StringBuilder text, IReadOnlyDictionary<string, object?> facts)
    {
        var separator = '{';
        foreach (var (name, value) in facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            text.Append(separator);
            WriteText(text, name);
            text.Append(':');
            WriteValue(text, value);
            separator = ',';
        }

        text.Append(separator == '{' ? "{}" : "}");
    }

    private static void WriteList(StringBuilder text, IReadOnlyList<object?> list)
    {
        text.Append('[');
        for (var n = 0; n < list.Count; n++)
        {
            if (n > 0) text.Append(',');
            WriteValue(text, list[n]);
        }

        text.Append(']');
    }

    private static void WriteText(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (var character in words)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
