using Portal.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>The folder transport of the whole portal: files are stored, then moved, also across restarts and kills.</summary>
public sealed class FolderTransportTests(FolderTransportTests.OneTransport transport) : IClassFixture<FolderTransportTests.OneTransport>
{
    private string? _own;

    private string Drop => _own ?? transport.Drop;

    [Fact]
    public async Task What_is_dropped_is_stored_and_moved_by_what_it_was()
    {
        var (id, bytes) = Klar();
        var portal = transport.Portal;
        await WriteAsync("good.xml", bytes);
        await WriteAsync("bad.XML", "<a/>"u8.ToArray());
        await WriteAsync("note.txt", "not for us"u8.ToArray());

        await EventuallyAsync(() => Names("processed").Contains("good.xml") && Names("quarantine").Contains("bad.XML"));

        Assert.Equal(bytes, await portal.Http.GetByteArrayAsync(new Uri($"/api/beskeder/{id}/raw", UriKind.Relative)));
        Assert.Equal("folder", (string?)(await portal.GetAsync($"/api/beskeder/{id}"))["transport"]);
        var bad = Assert.Single((await portal.GetAsync("/api/karantaene"))["items"]!.AsArray())!;
        Assert.Equal(("malformed", "folder", 4), ((string?)bad["reason"], (string?)bad["transport"], (int)bad["bytes"]!));
        Assert.Equal(["note.txt"], Names(""));
    }

    [Fact]
    public async Task A_file_whose_writer_is_not_done_waits_for_the_rest()
    {
        var (id, bytes) = Klar();
        var portal = transport.Portal;
        var path = Path.Combine(Drop, "slow.xml");
        await using (var writer = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
        {
            // Keeps writing to the file until another, written after it, has been stored: scans must skip this one meanwhile.
            await WriteAsync("other.xml", Klar().Bytes);
            var written = 0;
            await EventuallyAsync(() =>
            {
                if (written < bytes.Length - 1)
                {
                    writer.WriteByte(bytes[written++]);
                    writer.Flush(flushToDisk: true);
                }

                return Names("processed").Contains("other.xml");
            });
            await writer.WriteAsync(bytes.AsMemory(written), TestContext.Current.CancellationToken);
        }

        await EventuallyAsync(() => Names("processed").Contains("slow.xml"));
        Assert.Equal(bytes, await portal.Http.GetByteArrayAsync(new Uri($"/api/beskeder/{id}/raw", UriKind.Relative)));
        Assert.DoesNotContain("slow.xml", Names("quarantine"));
    }

    [Fact]
    public async Task Files_of_one_name_all_stay_and_a_repeat_is_counted()
    {
        var (id, bytes) = Klar();
        var other = Klar();
        var portal = transport.Portal;
        List<string> Kept() => [.. Names("processed").Where(n => n.StartsWith("same", StringComparison.Ordinal))];
        foreach (var (content, kept) in ((byte[], int)[])[(bytes, 1), (other.Bytes, 2), (bytes, 3)])
        {
            await WriteAsync("same.xml", content);
            await EventuallyAsync(() => Kept().Count == kept);
        }

        Assert.Equal(["same-2.xml", "same-3.xml", "same.xml"], Kept());
        Assert.Equal(
            bytes, await File.ReadAllBytesAsync(Path.Combine(Drop, "processed", "same.xml"), TestContext.Current.CancellationToken));
        Assert.Equal(other.Bytes,
            await File.ReadAllBytesAsync(Path.Combine(Drop, "processed", "same-2.xml"), TestContext.Current.CancellationToken));
        Assert.Equal(2, (int)(await portal.GetAsync($"/api/beskeder/{id}"))["deliveries"]!);
    }

    [Fact]
    public async Task What_was_dropped_while_the_portal_was_down_or_killed_comes_in_once_at_the_next_start()
    {
        using var own = new OneTransport();
        _own = own.Drop;
        var envelopes = Enumerable.Range(0, 60).Select(_ => Klar()).ToList();
        for (var n = 0; n < envelopes.Count; n++) await WriteAsync($"{n:D2}.xml", envelopes[n].Bytes);
        await using (var portal = await own.StartProcessAsync())
        {
            await EventuallyAsync(() => Names("processed").Count > 0);
            portal.Kill();
        }

        await using var again = await own.StartAgainAsync();
        await EventuallyAsync(() => Names("processed").Count == envelopes.Count && Names("").Count == 0);

        var stored = (await again.GetAsync("/api/beskeder?limit=1000"))["items"]!.AsArray().Select(m => (string?)m!["beskedId"]).Order();
        Assert.Equal(envelopes.Select(e => e.BeskedId).Order(), stored);
        Assert.Empty((await again.GetAsync("/api/karantaene"))["items"]!.AsArray());
    }

    private static (string BeskedId, byte[] Bytes) Klar() =>
        Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z");

    private Task WriteAsync(string name, byte[] bytes) =>
        File.WriteAllBytesAsync(Path.Combine(Drop, name), bytes, TestContext.Current.CancellationToken);

    private List<string> Names(string under) =>
        [.. (Directory.Exists(Path.Combine(Drop, under)) ? Directory.GetFiles(Path.Combine(Drop, under)) : [])
            .Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private static Task<bool> EventuallyAsync(Func<bool> holds) =>
        PortalProcess.EventuallyAsync(() => Task.FromResult(holds()), held => held);

    /// <summary>A portal with a folder transport, for all tests of the class that do not kill it.</summary>
    public sealed class OneTransport : IAsyncLifetime, IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("folder-transport").FullName;
        private HostedPortal? _portal;

        public string Drop => Directory.CreateDirectory(Path.Combine(_folder, "drop")).FullName;

        internal RunningPortal Portal => _portal ?? throw new InvalidOperationException("The portal is not started yet.");

        public async ValueTask InitializeAsync() => _portal = await HostedPortal.StartAsync(_folder, settings: Settings);

        public async ValueTask DisposeAsync()
        {
            if (_portal is not null) await _portal.DisposeAsync();
            Dispose();
        }

        public void Dispose()
        {
            if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        }

        private string[] Settings => [$"--Ingestion:Folder:Path={Drop}"];

        internal Task<HostedPortal> StartAgainAsync() => HostedPortal.StartAsync(_folder, settings: Settings);

        internal Task<PortalProcess> StartProcessAsync() => PortalProcess.StartAsync(_folder, settings: Settings);
    }
}
