using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Log;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Http;

/// <summary>Reads the query of a call and remembers the first value that is wrong.</summary>
internal sealed class QueryValues(IQueryCollection query)
{
    private const int StandardLimit = 100;
    private const int MaxLimit = 1000;

    /// <summary>The 400 for the first wrong value; null when all values read so far were right.</summary>
    public IResult? Problem { get; private set; }

    /// <summary>The value, trimmed; null when empty or missing.</summary>
    public string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary><c>limit</c>, 1–1000; 100 when missing or wrong.</summary>
    public int Limit()
    {
        if (Text("limit") is not { } text) return StandardLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit)
            return limit;
        return Wrong("limit", $"limit skal være et helt tal fra 1 til {MaxLimit}.", StandardLimit);
    }

    /// <summary>A sequence number, 0 or more.</summary>
    public long? Sequence(string name) => Text(name) is { } text ? Sequence(name, text) : null;

    /// <summary>The sequence number that <paramref name="text"/> holds.</summary>
    public long? Sequence(string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Wrong<long?>(name, $"{name} skal være et løbenummer: et helt tal fra 0.", null);

    /// <summary>One of the names in <paramref name="known"/>.</summary>
    public T? OneOf<T>(string name, IEnumerable<(string Name, T Value)> known)
        where T : struct
    {
        if (Text(name) is not { } text) return null;
        foreach (var (wire, value) in known)
        {
            if (wire == text) return value;
        }

        return Wrong<T?>(name, $"{name} skal være en af: {string.Join(", ", known.Select(k => k.Name))}.", null);
    }

    /// <summary>The filter of messages.</summary>
    public MessageFilter Filter()
    {
        var filter = new MessageFilter(Text("type"), Text("status"), Time("from"), Time("to"), Text("caseNumber"), Text("text"));
        if (FilterProblem(filter) is var (field, message)) Wrong(field, message, false);
        return filter;
    }

    /// <summary>The field that holds a CPR number, which no filter may, with a Danish message; null when there is none.</summary>
    public static (string Field, string Message)? FilterProblem(MessageFilter filter)
    {
        const string advice = "må ikke indeholde et CPR-nummer, for det ville stå i adresser og logge. "
            + "Søg med POST /api/sager/soeg og { \"cpr\", \"purpose\" }.";
        if (filter.Text is { } text && CprNumber.IsIn(text)) return ("text", $"text {advice}");
        if (filter.CaseNumber is { } number && CprNumber.IsIn(number)) return ("caseNumber", $"caseNumber {advice}");
        return null;
    }

    /// <summary>A moment by ISO 8601 with an offset, UTC.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        // A plus sign that was not percent-encoded arrives as a space.
        var sent = text.Replace(' ', '+');
        return IsoMoment.TryRead(sent, out var at)
            ? at.ToUniversalTime()
            : Wrong<DateTimeOffset?>(
                name, $"{name} skal være et tidspunkt efter ISO 8601 med tidszone, fx 2023-02-13T12:21:40+01:00.", null);
    }

    private T Wrong<T>(string field, string message, T standard)
    {
        Problem ??= PortalProblems.WrongField(field, message);
        return standard;
    }
}
