using System.Globalization;
using Portal.Tests.Stories;

namespace Portal.Tests.Faults;

/// <summary>A reader of a portal's event stream.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage answer, StreamReader reader) => (_answer, _reader) = (answer, reader);

    /// <summary>Listens after a sequence number, given in the query, or by a reader that reconnects in <c>Last-Event-ID</c>.</summary>
    public static async Task<EventStream> OpenAsync(RunningPortal portal, long after, bool comesBack = false)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Get, comesBack ? "/api/beskeder/stream" : $"/api/beskeder/stream?after={after}");
        if (comesBack) request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
        var answer = await portal.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new EventStream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    /// <summary>Reads <paramref name="count"/> events and returns their sequence numbers.</summary>
    public async Task<List<long>> ReadAsync(int count)
    {
        // A stream that falls silent fails the test instead of blocking the run.
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var numbers = new List<long>(count);
        while (numbers.Count < count && await _reader.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) numbers.Add(long.Parse(line[4..], CultureInfo.InvariantCulture));
        }

        return numbers;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _answer.Dispose();
    }
}
