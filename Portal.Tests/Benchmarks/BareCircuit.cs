using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MessagePack;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// A client of a page without a browser: it loads the page, opens a circuit as Blazor's script does (SignalR's »blazorpack« protocol),
/// answers the calls to the page's modules and acknowledges every render batch, but draws nothing. The server does the same work for it as
/// for a browser.
/// </summary>
internal sealed partial class BareCircuit : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _calls = new();
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long> _surface = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _clientId = Guid.NewGuid().ToString("N")[..16];
    private Task _reading = Task.CompletedTask;
    private (byte[] Text, TaskCompletionSource<double> Seen)? _awaited;
    private long _objects, _numbers, _batches, _bytes;

    /// <summary>The number of render batches received, and their bytes.</summary>
    public (long Batches, long Bytes) Drawn => (Interlocked.Read(ref _batches), Interlocked.Read(ref _bytes));

    /// <summary>Opens a chain's page and waits until its canvas would be live.</summary>
    /// <param name="cookies">The <c>Cookie</c> header of a signed-in person.</param>
    public static async Task<BareCircuit> OpenAsync(Uri address, string cookies, string path)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = address,
            DefaultRequestHeaders = { { "Cookie", cookies }, { "Accept", "text/html" } } };
        var page = await http.GetStringAsync(new Uri(path, UriKind.Relative));
        var circuit = new BareCircuit();
        circuit._socket.Options.SetRequestHeader("Cookie", cookies);
        await circuit._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/_blazor" }.Uri, circuit._end.Token);
        await circuit._socket.SendAsync(
            "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, circuit._end.Token);
        circuit._reading = circuit.ReadAsync();
        var state = State().Match(page).Groups[1].Value;
        var markers = Marker().Matches(page).Select(m => m.Groups[1].Value)
            .Where(m => m.Contains("\"descriptor\"", StringComparison.Ordinal)).ToList();
        await circuit.CallAsync("StartCircuit", address.ToString(), new Uri(address, path).ToString(), "[]", state).WaitAsync(Limit);
        await circuit._attached.Task.WaitAsync(Limit);
        var added = markers.Select((marker, n) => $$"""{"type":"add","ssrComponentId":{{n + 1}},"marker":{{marker}}}""");
        await circuit.SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', added)}}]}""", state);
        await circuit._surface.Task.WaitAsync(Limit);
        return circuit;
    }

    /// <summary>Reports a key pressed on a box, as the canvas's script does; waits until the server has handled it.</summary>
    public async Task KeyAsync(string box, string key, bool shift) =>
        await CallDotNetAsync(await _surface.Task, "OnKey", JsonSerializer.Serialize(new object[] { box, key, shift })).WaitAsync(Limit);

    /// <summary>
    /// The time when a text arrives in a render batch, in milliseconds since 1970. Call it before the text is written; one text at a time.
    /// </summary>
    public Task<double> SeesAsync(string text)
    {
        var seen = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited = (Encoding.UTF8.GetBytes(text), seen);
        return seen.Task.WaitAsync(Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        _end.Dispose();
        _lock.Dispose();
    }

    private async Task ReadAsync()
    {
        var (buffer, greeted) = (new ArrayBufferWriter<byte>(1 << 16), false);
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveAsync(buffer.GetMemory(1 << 14), _end.Token);
                if (got.MessageType == WebSocketMessageType.Close)
                    throw new InvalidOperationException($"The server ended the circuit: {_socket.CloseStatusDescription}");
                buffer.Advance(got.Count);
                if (!got.EndOfMessage) continue;
                var rest = buffer.WrittenMemory;
                if (!greeted && rest.Span.IndexOf((byte)0x1e) is >= 0 and var greeting) (greeted, rest) = (true, rest[(greeting + 1)..]);
                while (greeted && Next(ref rest) is { } message) await HandleAsync(message);
                var kept = rest.ToArray();
                buffer.ResetWrittenCount();
                buffer.Write(kept);
            }
        }
        catch (OperationCanceledException)
        {
            // The circuit was disposed.
        }
        catch (Exception problem)
        {
            foreach (var call in _calls.Values) call.TrySetException(problem);
            _attached.TrySetException(problem);
            _surface.TrySetException(problem);
            _awaited?.Seen.TrySetException(problem);
        }
    }

    // Each message is preceded by its length as a variable-length integer, seven bits to a byte.
    private static ReadOnlyMemory<byte>? Next(ref ReadOnlyMemory<byte> rest)
    {
        var (length, n) = (0, 0);
        while (true)
        {
            if (n == rest.Length) return null;
            length |= (rest.Span[n] & 0x7f) << (7 * n);
            if (rest.Span[n++] < 0x80) break;
        }

        if (rest.Length < n + length) return null;
        var message = rest.Slice(n, length);
        rest = rest[(n + length)..];
        return message;
    }

    private Task HandleAsync(ReadOnlyMemory<byte> message)
    {
        var reader = new MessagePackReader(message);
        reader.ReadArrayHeader();
        switch (reader.ReadInt32())
        {
            case 1:
                reader.Skip();
                reader.Skip();
                var target = reader.ReadString();
                var many = reader.ReadArrayHeader();
                return target switch
                {
                    "JS.RenderBatch" => BatchAsync(reader.ReadInt64(), reader.ReadBytes() ?? default),
                    "JS.BeginInvokeJS" =>
                        AnswerAsync(reader.ReadInt64(), reader.ReadString()!, reader.ReadString() ?? "", reader.ReadInt32()),
                    "JS.EndInvokeDotNet" => Ended(reader.ReadString()!, reader.ReadBoolean(), reader.ReadString() ?? ""),
                    "JS.Error" => throw new InvalidOperationException($"The circuit failed: {(many > 0 ? reader.ReadString() : "")}"),
                    _ => Task.CompletedTask,
                };
            case 3:
                reader.Skip();
                var (call, kind) = (reader.ReadString()!, reader.ReadInt32());
                return Ended(call, kind != 1, kind == 2 ? "" : reader.ReadString() ?? "");
            case 6:
                return SendAsync(static (ref MessagePackWriter writer) =>
                {
                    writer.WriteArrayHeader(1);
                    writer.Write(6);
                });
            case 7:
                throw new InvalidOperationException("The server closed the circuit.");
            default:
                return Task.CompletedTask;
        }
    }

    private Task BatchAsync(long number, ReadOnlySequence<byte> batch)
    {
        var now = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _bytes, batch.Length);
        if (_awaited is { } awaited && batch.FirstSpan.IndexOf(awaited.Text) >= 0)
        {
            _awaited = null;
            awaited.Seen.TrySetResult(now);
        }

        return SendAsync("OnRenderCompleted", number, null);
    }

    // The answers of the page's modules: a reference to a module or an object, the window's name and its width; otherwise null.
    private Task AnswerAsync(long number, string what, string arguments, int kind)
    {
        if (what.EndsWith("attachWebRendererInterop", StringComparison.Ordinal)) _attached.TrySetResult();
        if (what == "open" && Object().Match(arguments) is { Success: true } surface)
            _surface.TrySetResult(long.Parse(surface.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        var answer = kind == 1 ? $$"""{"__jsObjectId":{{Interlocked.Increment(ref _objects)}}}""" : what switch { "hand" =>
            $"\"{_clientId}\"", "room" => "1440", _ => "null" };
        return number == 0 ? Task.CompletedTask : SendAsync("EndInvokeJSFromDotNet", number, true, $"[{number},true,{answer}]");
    }

    private Task Ended(string call, bool well, string text)
    {
        if (!_calls.TryRemove(call, out var waiting)) return Task.CompletedTask;
        if (well) waiting.TrySetResult(text);
        else waiting.TrySetException(new InvalidOperationException(text));
        return Task.CompletedTask;
    }

    private Task<string> CallAsync(string target, params object?[] arguments) =>
        WaitedAsync("c", call => SendAsync((ref MessagePackWriter writer) => Write(ref writer, call, target, arguments)));

    private Task<string> CallDotNetAsync(long on, string method, string json) =>
        WaitedAsync("", call => SendAsync("BeginInvokeDotNetFromJS", call, null, method, on, json));

    private async Task<string> WaitedAsync(string prefix, Func<string, Task> send)
    {
        var call = prefix + Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture);
        var waiting = _calls[call] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await send(call);
        return await waiting.Task;
    }

    private Task SendAsync(string target, params object?[] arguments) =>
        SendAsync((ref MessagePackWriter writer) => Write(ref writer, null, target, arguments));

    private delegate void Writing(ref MessagePackWriter writer);

    private async Task SendAsync(Writing write)
    {
        var body = Packed(write);
        var message = new ArrayBufferWriter<byte>(body.WrittenCount + 5);
        var length = body.WrittenCount;
        do
        {
            message.Write([(byte)(length > 0x7f ? (length & 0x7f) | 0x80 : length)]);
            length >>= 7;
        }
        while (length > 0);
        message.Write(body.WrittenSpan);
        await _lock.WaitAsync(_end.Token);
        try
        {
            await _socket.SendAsync(message.WrittenMemory, WebSocketMessageType.Binary, true, _end.Token);
        }
        finally
        {
            _lock.Release();
        }
    }

    private static ArrayBufferWriter<byte> Packed(Writing write)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(body);
        write(ref writer);
        writer.Flush();
        return body;
    }

    // A SignalR invocation: kind, headers, number, method, arguments, streams.
    private static void Write(ref MessagePackWriter writer, string? call, string target, object?[] arguments)
    {
        writer.WriteArrayHeader(6);
        writer.Write(1);
        writer.WriteMapHeader(0);
        writer.Write(call);
        writer.Write(target);
        writer.WriteArrayHeader(arguments.Length);
        foreach (var argument in arguments)
        {
            switch (argument)
            {
                case null: writer.WriteNil(); break;
                case string text: writer.Write(text); break;
                case bool yes: writer.Write(yes); break;
                case long number: writer.Write(number); break;
                default: throw new ArgumentException($"{argument.GetType()} is never sent.");
            }
        }

        writer.WriteArrayHeader(0);
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^-]*)-->", RegexOptions.CultureInvariant)]
    private static partial Regex State();

    [GeneratedRegex("\"__dotNetObject\":(\\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Object();
}
