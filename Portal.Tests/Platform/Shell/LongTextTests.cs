using Microsoft.JSInterop;
using Portal.Platform.Ui;
using Xunit;

namespace Portal.Tests.Platform.Shell;

public sealed class LongTextTests
{
    private sealed class Sent(string text) : IJSStreamReference
    {
        private readonly byte[] _bytes = System.Text.Encoding.UTF8.GetBytes(text);

        public bool Opened { get; private set; }

        public bool Disposed { get; private set; }

        public long Length => _bytes.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default)
        {
            Opened = true;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(Length, maxAllowedSize);
            return ValueTask.FromResult<Stream>(new MemoryStream(_bytes));
        }

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Lost(Exception because) : IJSStreamReference
    {
        public long Length => 3;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<Stream>(because);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("x")]
    [InlineData("漢")]
    [InlineData("😀")]
    [InlineData("\u2028")]
    public async Task A_long_text_comes_whole_up_to_the_limit_and_not_at_all_beyond_it(string character)
    {
        var fits = string.Concat(Enumerable.Repeat(character, 20_000 / character.Length));
        var sent = new Sent(fits);
        Assert.Equal(fits, await LongText.ReadAsync(null, sent, 20_000, default));
        Assert.True(sent.Disposed);
        Assert.Null(await LongText.ReadAsync(null, new Sent(fits + character), 20_000, default));
    }

    [Fact]
    public async Task What_is_far_too_long_is_never_opened_and_a_short_text_is_what_it_is()
    {
        var sent = new Sent(new string('x', 1_000_000));
        Assert.Null(await LongText.ReadAsync(null, sent, 1000, default));
        Assert.Equal((false, true), (sent.Opened, sent.Disposed));
        Assert.Equal("kort", await LongText.ReadAsync("kort", null, 4, default));
        Assert.Null(await LongText.ReadAsync("længere", null, 4, default));
        Assert.Equal("", await LongText.ReadAsync(null, null, 4, default));
        Assert.Equal("", await LongText.ReadAsync(null, new Sent(""), 4, default));
    }

    [Fact]
    public async Task A_text_that_stops_coming_is_one_kind_of_exception()
    {
        foreach (var because in (Exception[])[new TimeoutException(), new JSException("gone"), new JSDisconnectedException("gone"),
            new TaskCanceledException(), new IOException("gone")])
        {
            await Assert.ThrowsAsync<IOException>(() => LongText.ReadAsync(null, new Lost(because), 100, default));
        }
    }

    [Fact]
    public void The_browser_and_the_server_have_the_same_limits()
    {
        Assert.Contains($"most = {LongText.MaxWhole}", Script("fieldGuard.js"), StringComparison.Ordinal);
        // JSON needs at most six bytes a character, and the rest of the message is small.
        Assert.True((LongText.MaxWhole * 6) + 100_000 < LongText.MaxMessageBytes);
    }

    internal static string Script(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Portal.sln"))) folder = folder.Parent;
        return File.ReadAllText(Path.Combine(folder.FullName, "Portal", "wwwroot", name));
    }
}
