using System.Text.Json;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Exchange;

/// <summary>A JSON value with its path; reading it reports what is wrong.</summary>
internal readonly struct JsonField(JsonElement element, string path, Action<string, string> wrong)
{
    public string Path => path;

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>A member; null when it is missing or null.</summary>
    public JsonField? Member(string name)
    {
        var inner = path == "$" ? name : $"{path}.{name}";
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
            && member.ValueKind != JsonValueKind.Null ? new JsonField(member, inner, wrong) : null;
    }

    /// <summary>The items of a list; reports a value that is not a list, and returns none.</summary>
    public IEnumerable<JsonField> Items()
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Wrong("skal være en liste.");
            return [];
        }

        var (where, tell) = (path, wrong);
        return element.EnumerateArray().Select((item, n) => new JsonField(item, $"{where}[{n}]", tell)).ToList();
    }

    /// <summary>The text; reports a value that is not a text, and returns null.</summary>
    public string? Text()
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            Wrong("skal være en tekst.");
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            Wrong("er en tekst med et halvt tegn (en enlig surrogat).");
            return null;
        }
    }

    /// <summary>A position in the stored format; reports a value that is not a number, and returns null.</summary>
    public string? Place()
    {
        if (Finite() is { } number) return ChainNumber.Write(number);
        Wrong("skal være et tal.");
        return null;
    }

    /// <summary>The number exactly as written; reports one that cannot be kept exactly or is not a number, and returns null.</summary>
    public string? Number()
    {
        if (Finite() is null)
        {
            Wrong("skal være et tal.");
            return null;
        }

        if (ChainNumber.Exact(element.GetRawText()) is { } exact) return exact;
        Wrong($"har flere end {ChainNumber.MostDigits} cifre. Skriv tallet med færre, så det kan gemmes, som det står.");
        return null;
    }

    private double? Finite() =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number)
        && Math.Abs(number) <= ChainNumber.Largest ? number : null;

    public bool IsNumber => element.ValueKind == JsonValueKind.Number;

    public void Wrong(string message) => wrong(path, message);
}
