using System.Text;
using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Documents;
using Portal.Platform.Documents.Model;
using Xunit;

namespace Portal.Tests.Platform.Documents;

public sealed class DocumentPdfTests
{
    private static readonly CancellationToken Ending = TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider _time = new();
    private readonly GatedWriter _writer = new();

    [Fact]
    public async Task The_same_document_is_made_once_for_the_same_reader_and_never_kept_without_one()
    {
        using var pdf = new DocumentPdf(_writer, new PdfLimits(), _time);
        _writer.Open();
        await pdf.MakeAsync(Of("a"), "55133018", Ending);
        await pdf.MakeAsync(Of("a"), "55133018", Ending);
        Assert.Equal(1, _writer.Written);
        await pdf.MakeAsync(Of("a"), "29189846", Ending);
        await pdf.MakeAsync(Of("b"), "55133018", Ending);
        Assert.Equal(3, _writer.Written);
        await pdf.MakeAsync(Of("a"), null, Ending);
        await pdf.MakeAsync(Of("a"), null, Ending);
        Assert.Equal(5, _writer.Written);
    }

    [Fact]
    public async Task A_kept_document_is_made_again_when_its_time_is_over_and_when_others_need_the_room()
    {
        using var pdf = new DocumentPdf(_writer, new PdfLimits { CachedBytes = 2 }, _time);
        _writer.Open();
        await pdf.MakeAsync(Of("a"), "", Ending);
        _time.Advance(TimeSpan.FromMinutes(30));
        await pdf.MakeAsync(Of("a"), "", Ending);
        Assert.Equal(2, _writer.Written);
        foreach (var title in "bc") await pdf.MakeAsync(Of($"{title}"), "", Ending);
        await pdf.MakeAsync(Of("a"), "", Ending);
        Assert.Equal(5, _writer.Written);
        await pdf.MakeAsync(Of("c"), "", Ending);
        Assert.Equal(5, _writer.Written);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_a_reader_who_leaves_frees_a_place()
    {
        using var pdf = new DocumentPdf(_writer, new PdfLimits { AtOnce = 1, Waiting = 1 }, _time);
        var first = pdf.MakeAsync(Of("a"), null, Ending);
        await _writer.Entered;
        using var leaving = new CancellationTokenSource();
        var second = pdf.MakeAsync(Of("b"), null, leaving.Token);
        await Assert.ThrowsAsync<DocumentQueueFullException>(() => pdf.MakeAsync(Of("c"), null, Ending));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var third = pdf.MakeAsync(Of("d"), null, Ending);
        _writer.Open();
        await first;
        Assert.Equal("d", Encoding.UTF8.GetString(await third));
        Assert.Equal(2, _writer.Written);
    }

    [Fact]
    public async Task A_reader_who_leaves_while_it_is_made_stops_the_writer()
    {
        using var pdf = new DocumentPdf(_writer, new PdfLimits(), _time);
        using var leaving = new CancellationTokenSource();
        var made = pdf.MakeAsync(Of("a"), null, leaving.Token);
        await _writer.Entered;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => made);
        Assert.Equal(0, _writer.Written);
    }

    [Fact]
    public async Task A_document_with_too_many_bytes_is_refused()
    {
        using var pdf = new DocumentPdf(_writer, new PdfLimits { DocumentBytes = 3 }, _time);
        _writer.Open();
        Assert.Equal(3, (await pdf.MakeAsync(Of("abc"), null, Ending)).Length);
        await Assert.ThrowsAsync<DocumentTooLargeException>(() => pdf.MakeAsync(Of("abcd"), null, Ending));
    }

    [Fact]
    public async Task A_failing_document_leaves_its_place_to_the_next()
    {
        using var pdf = new DocumentPdf(_writer, new PdfLimits { AtOnce = 1, Waiting = 0, DocumentBytes = 1 }, _time);
        _writer.Open();
        for (var n = 0; n < 3; n++)
            await Assert.ThrowsAsync<DocumentTooLargeException>(() => pdf.MakeAsync(Of("too long"), "", Ending));
        Assert.Equal("x", Encoding.UTF8.GetString(await pdf.MakeAsync(Of("x"), "", Ending)));
    }

    private static Document Of(string title) => new DocumentBuilder().Build(title, "");

    // Writes the title, once it is open.
    private sealed class GatedWriter : IPdfWriter
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _open = new();
        private int _written;

        public int Written => _written;

        public Task Entered => _entered.Task;

        public void Open() => _open.Set();

        public void Write(Document document, Stream output, CancellationToken cancellationToken)
        {
            _entered.TrySetResult();
            _open.Wait(cancellationToken);
            output.Write(Encoding.UTF8.GetBytes(document.Title));
            Interlocked.Increment(ref _written);
        }
    }
}
