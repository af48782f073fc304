using System.Globalization;

namespace Portal.Ingestion.Commands;

/// <summary>Prints every 5 s how much has been written or read; nothing when all is done sooner.</summary>
internal sealed class BackupProgress : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly ITimer _timer;
    private long _bytes;

    /// <param name="output">Where to print.</param>
    /// <param name="time">The clock.</param>
    /// <param name="done">What was done with the bytes, in Danish.</param>
    public BackupProgress(TextWriter output, TimeProvider time, string done) => _timer = time.CreateTimer(
        _ => output.WriteLine(Interlocked.Read(ref _bytes) is > 0 and var bytes ? $"{Size(bytes)} {done} …" : "Databasen kopieres …"),
        null, Every, Every);

    /// <summary>Adds bytes that were written or read.</summary>
    public void Count(int bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>A size as people read it: <c>12,4 MB</c>.</summary>
    public static string Size(long bytes) => Math.Max(0.1, bytes / 1e6).ToString("N1", CultureInfo.GetCultureInfo("da-DK")) + " MB";

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
