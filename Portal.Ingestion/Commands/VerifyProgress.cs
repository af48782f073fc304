using System.Globalization;

namespace Portal.Ingestion.Commands;

/// <summary>Prints the progress of a verification every 5 s; nothing if it ends sooner, except for an interactive user.</summary>
internal sealed class VerifyProgress : IProgress<long>
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly long _total;
    private readonly Lock _lock = new();
    private long _printedAt;
    private bool _spoke;
    private bool _walked;

    /// <param name="total">Number of messages in the log.</param>
    /// <param name="interactive">True for a terminal: a line is printed at the start.</param>
    public VerifyProgress(TextWriter output, TimeProvider time, long total, string database, bool interactive)
    {
        (_output, _time, _total, _printedAt) = (output, time, total, time.GetTimestamp());
        if (interactive) Print($"Kontrollerer {Number(total)} beskeder i {database} …");
    }

    /// <inheritdoc />
    public void Report(long value)
    {
        lock (_lock)
        {
            if (value >= _total && _spoke && !_walked)
            {
                _walked = true;
                Print("Alle beskeder er kontrolleret; breve og statusser kontrolleres …");
            }
            else if (_time.GetElapsedTime(_printedAt) >= Every && _total > 0)
            {
                Print($"{Number(value)} af {Number(_total)} kontrolleret "
                    + $"({(Math.Min(value, _total) * 100 / _total).ToString(CultureInfo.InvariantCulture)} %) …");
            }
        }
    }

    private void Print(string line)
    {
        (_spoke, _printedAt) = (true, _time.GetTimestamp());
        _output.WriteLine(line);
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.GetCultureInfo("da-DK"));
}
