using Portal.Ingestion.Log;

namespace Portal.Tests.Faults;

/// <summary>Makes a chosen call of the append path fail.</summary>
internal sealed class FaultyProbe : AppendProbe
{
    /// <summary>The call fails until <see cref="Stop"/>.</summary>
    public const int Always = int.MaxValue;

    private readonly Lock _lock = new();
    private AppendCall? _call;
    private Func<Exception>? _make;
    private int _left;

    /// <summary>How often the call failed since <see cref="Fail"/>.</summary>
    public int Failed { get; private set; }

    public void Fail(AppendCall call, int times, Func<Exception> make)
    {
        lock (_lock) (_call, _left, _make, Failed) = (call, times, make, 0);
    }

    public void Stop()
    {
        lock (_lock) _call = null;
    }

    public override void At(AppendCall call)
    {
        Exception problem;
        lock (_lock)
        {
            if (call != _call || _left == 0) return;
            if (_left != Always) _left--;
            Failed++;
            problem = _make!();
        }

        throw problem;
    }
}
