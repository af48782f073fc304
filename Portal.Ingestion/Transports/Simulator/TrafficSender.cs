using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Xml;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Transports.Simulator;

/// <summary>
/// Sends messages to a push endpoint as the distributor does: again after StatusKode 40 (under HTTP 200 as well as 503), a lost connection
/// or a timeout, but not after another answer.
/// </summary>
/// <param name="http">Its own timeout applies to each attempt.</param>
/// <param name="time">The clock for pauses and the rate.</param>
/// <param name="waits">Called with a Danish sentence, once per outage, when a receiver that has answered before does not.</param>
public sealed class TrafficSender(HttpClient http, TimeProvider time, Action<string>? waits = null)
{
    private const int InFlight = 16;

    // If the receiver has never answered, the address is probably wrong; if it has, it is probably restarting.
    private const int FirstTries = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Sends until <paramref name="count"/> messages are answered (null: until the messages end) or it is cancelled, which is how endless
    /// traffic ends; returns the counts until then.
    /// </summary>
    /// <param name="to">An <c>http</c> or <c>https</c> endpoint.</param>
    /// <param name="messages">May be endless.</param>
    /// <param name="ratePerSecond">Messages a second; null: as fast as the receiver answers.</param>
    /// <param name="count">Most messages; null: all.</param>
    /// <param name="apiKey">Sent as <c>X-Api-Key</c>.</param>
    /// <param name="progress">Called after each answer with the number of answers so far.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <exception cref="ArgumentException">The URI is not <c>http(s)</c>, or the rate or count is not above zero.</exception>
    /// <exception cref="SimulateStoppedException">A message got StatusKode 40, 503, a lost connection or a timeout five times before any
    /// message was answered, or for three minutes after that.</exception>
    public async Task<SimulateResult> SendAsync(Uri to, IEnumerable<SimulatedMessage> messages, double? ratePerSecond, long? count,
        string? apiKey, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (!to.IsAbsoluteUri || to.Scheme is not ("http" or "https"))
            throw new ArgumentException("Adressen skal begynde med http:// eller https://.", nameof(to));
        if (ratePerSecond is { } rate && !(rate > 0 && double.IsFinite(rate)))
            throw new ArgumentException("Antal beskeder i sekundet skal være over nul.", nameof(ratePerSecond));
        if (count is <= 0) throw new ArgumentException("Antal beskeder skal være over nul.", nameof(count));

        var tally = new Tally();
        var options = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(
                PacedAsync(messages, ratePerSecond, count, cancellationToken),
                options,
                async (message, token) =>
                {
                    tally.Add(await SendOneAsync(to, message.Bytes, apiKey, tally, token));
                    progress?.Report(tally.Sent);
                });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return tally.Result();
        }
        catch (UnreachableReceiverException problem)
        {
            // Without user information: a URI may hold a password.
            var address = to.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
            throw new SimulateStoppedException(
                $"Modtageren {address} kunne ikke tage imod efter {problem.Tries.ToString(CultureInfo.InvariantCulture)} forsøg "
                    + $"({problem.Message}). {tally.Sent.ToString(CultureInfo.InvariantCulture)} beskeder var besvaret.", tally.Result(),
                problem.InnerException);
        }

        return tally.Result();
    }

    private async IAsyncEnumerable<SimulatedMessage> PacedAsync(
        IEnumerable<SimulatedMessage> messages, double? rate, long? count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var sent = 0L;
        foreach (var message in messages)
        {
            if (rate is { } perSecond)
            {
                var wait = TimeSpan.FromSeconds(sent / perSecond) - time.GetElapsedTime(started);
                if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
            }

            yield return message;
            if (++sent == count) yield break;
        }
    }

    private async Task<Answer> SendOneAsync(Uri to, byte[] bytes, string? apiKey, Tally tally, CancellationToken cancellationToken)
    {
        var (pause, began) = (new GrowingPause(FirstPause, LongestPause), time.GetTimestamp());
        for (var attempt = 1; ; attempt++)
        {
            var (answer, error, cause) = await TryAsync(to, bytes, apiKey, cancellationToken);
            if (answer is { } final) return final;
            if (tally.Sent == 0 ? attempt >= FirstTries : time.GetElapsedTime(began) >= Timeout)
                throw new UnreachableReceiverException(error!, attempt, cause);
            if (attempt >= 3 && tally.Sent > 0 && tally.Waits())
            {
                waits?.Invoke($"Modtageren tager ikke imod ({error}); "
                    + $"der prøves igen i op til {Timeout.TotalMinutes.ToString(CultureInfo.InvariantCulture)} minutter …");
            }
            await Task.Delay(pause.Next(), time, cancellationToken);
        }
    }

    private async Task<(Answer? Answer, string? Error, Exception? Cause)> TryAsync(
        Uri to, byte[] bytes, string? apiKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        if (apiKey is not null) request.Headers.Add("X-Api-Key", apiKey);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable) return (null, "svarede 503", null);
            if (response.StatusCode != HttpStatusCode.OK)
                return ((int)response.StatusCode is >= 400 and < 500 ? Answer.Refused : Answer.Failed, null, null);
            return CodeIn(await response.Content.ReadAsByteArrayAsync(cancellationToken)) switch
            {
                "20" => (Answer.Accepted, null, null),
                "40" => (null, "svarede StatusKode 40", null),
                _ => (Answer.Refused, null, null),
            };
        }
        catch (HttpRequestException problem)
        {
            return (null, "forbindelsen gik tabt", problem);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            // HttpClient's own time limit.
            return (null, "svarede ikke i tide", problem);
        }
    }

    // The StatusKode; null for anything but the standard's answer.
    private static string? CodeIn(byte[] answer)
    {
        try
        {
            using var xml = BoundedXml.Over(answer);
            return xml.MoveTo("StatusKode", EnvelopeNames.Sagdok) ? xml.Text()?.Trim() : null;
        }
        catch (Exception problem) when (problem is XmlException or BoundedXml.BoundsException)
        {
            return null;
        }
    }

    private enum Answer
    {
        Accepted,
        Refused,
        Failed,
    }

    private sealed class UnreachableReceiverException(string message, int tries, Exception? inner) : Exception(message, inner)
    {
        public int Tries => tries;
    }

    private sealed class Tally
    {
        private readonly long[] _counts = new long[3];
        private int _waits;

        public long Sent => Result().Sent;

        public void Add(Answer answer)
        {
            Volatile.Write(ref _waits, 0);
            Interlocked.Increment(ref _counts[(int)answer]);
        }

        /// <summary>True at the first call after an answer, so that the outage is reported once.</summary>
        public bool Waits() => Interlocked.Exchange(ref _waits, 1) == 0;

        public SimulateResult Result() => new(Volatile.Read(ref _counts[0]), Volatile.Read(ref _counts[1]), Volatile.Read(ref _counts[2]));
    }
}

/// <summary>A message of the simulated traffic.</summary>
/// <param name="Bytes">The envelope.</param>
/// <param name="At">When it would arrive in real traffic, from the start of the traffic.</param>
public sealed record SimulatedMessage(byte[] Bytes, TimeSpan At);

/// <summary>Counts of the receiver's answers.</summary>
/// <param name="Accepted">Answered 200 with StatusKode 20: stored by the receiver.</param>
/// <param name="Refused">Refused for good: a 4xx, or 200 with a StatusKode other than 20 and 40.</param>
/// <param name="Failed">The receiver failed: any other answer.</param>
public sealed record SimulateResult(long Accepted, long Refused, long Failed)
{
    /// <summary>Number of messages that were answered.</summary>
    public long Sent => Accepted + Refused + Failed;
}

/// <summary>The receiver could not be reached after several attempts. The message is one Danish line.</summary>
public sealed class SimulateStoppedException(string message, SimulateResult result, Exception? inner) : Exception(message, inner)
{
    /// <summary>The answers until then.</summary>
    public SimulateResult Result { get; } = result;
}
