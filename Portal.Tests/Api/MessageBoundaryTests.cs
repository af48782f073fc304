using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Portal.Tests.Api;

/// <summary>Where a request ends is unambiguous, so that none can hide behind another at a proxy that reads it otherwise.</summary>
public sealed class MessageBoundaryTests
{
    private const string Chunk = "0\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6", "12345", "400")]
    [InlineData("Transfer-Encoding: xchunked", Chunk, "400")]
    [InlineData("Transfer-Encoding: chunked, identity", Chunk, "400")]
    [InlineData("Content-Length : 5", "12345", "400")]
    [InlineData("Transfer-Encoding: chunked", "5;x\n12345\r\n0\r\n\r\n", "400", "/beskedfordeler/modtag")]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked", Chunk, "405")]
    public async Task A_request_of_two_lengths_or_a_malformed_one_is_refused_and_chunks_go_before_a_length(
        string headers, string body, string status, string path = "/api/beskeder")
    {
        await using var host = await ApiHost.StartOnKestrelAsync();
        using var client = new TcpClient();
        var address = host.Anonymous.BaseAddress!;
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes($"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/xml\r\n"
                + $"Connection: close\r\n{headers}\r\n\r\n{body}"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Single(answer.Split("HTTP/1.1 "), part => part.Length > 0);
    }
}
