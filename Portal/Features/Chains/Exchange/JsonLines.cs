using System.Text.Json;

namespace Portal.Features.Chains.Exchange;

/// <summary>The line of each value in a JSON text, by its path: <c>elements[3].kind</c>.</summary>
internal sealed class JsonLines
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    private JsonLines()
    {
    }

    /// <summary>The line of a value, from 1; when it is missing, that of the nearest value around it.</summary>
    public int Of(string path)
    {
        for (var here = path; here.Length > 0; here = here[..Math.Max(0, here.LastIndexOfAny(['.', '[']))])
        {
            if (_lines.TryGetValue(here, out var line)) return line;
        }

        return 1;
    }

    /// <summary>Reads the lines of valid JSON.</summary>
    public static JsonLines Read(ReadOnlySpan<byte> json)
    {
        var lines = new JsonLines();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ChainReader.MaxDepth });
        var (line, seen) = (1, 0L);
        var around = new Stack<(string Path, int Index)>();
        var name = "";
        while (reader.Read())
        {
            line += json[(int)seen..(int)reader.TokenStartIndex].Count((byte)'\n');
            seen = reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.ValueIsEscaped ? "?" : System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    around.Pop();
                    break;
                default:
                    var path = PathOf(around, name);
                    lines._lines.TryAdd(path, line);
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                        around.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
                    break;
            }
        }

        return lines;
    }

    private static string PathOf(Stack<(string Path, int Index)> around, string name)
    {
        if (!around.TryPop(out var outer)) return "$";
        around.Push(outer.Index >= 0 ? (outer.Path, outer.Index + 1) : outer);
        if (outer.Index >= 0) return $"{(outer.Path == "$" ? "" : outer.Path)}[{outer.Index}]";
        return outer.Path == "$" ? name : $"{outer.Path}.{name}";
    }
}
