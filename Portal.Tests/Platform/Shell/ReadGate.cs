using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Portal.Tests.Platform.Shell;

/// <summary>
/// Delays reads: while it is closed, each call of a reader behind it is made at once, but its answer is held until the test releases it. No
/// clock is involved.
/// </summary>
internal sealed class ReadGate
{
    private static readonly MethodInfo HoldOf =
        typeof(ReadGate).GetMethod(nameof(HoldAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _held = [];

    /// <summary>True: calls made from now on are held. Opening it does not release those already held.</summary>
    public bool IsClosed { get; set; }

    /// <summary>How many answers are held.</summary>
    public int Held
    {
        get
        {
            lock (_lock) return _held.Count;
        }
    }

    /// <summary>The reader behind this gate.</summary>
    public T Before<T>(T reader)
        where T : class
    {
        var passage = DispatchProxy.Create<T, ReadGatePassage>();
        ((ReadGatePassage)(object)passage).Lead(this, reader);
        return passage;
    }

    /// <summary>
    /// Releases the held answers, oldest first or newest first. Call it on the page's dispatcher, so that the page has handled the answers
    /// when this returns.
    /// </summary>
    public void Answer(bool newestFirst = false)
    {
        TaskCompletionSource[] held;
        lock (_lock)
        {
            held = [.. _held];
            _held.Clear();
        }

        foreach (var call in newestFirst ? held.Reverse() : held) call.TrySetResult();
    }

    /// <summary>Makes the held calls fail.</summary>
    public void Fail(Exception problem)
    {
        TaskCompletionSource[] held;
        lock (_lock)
        {
            held = [.. _held];
            _held.Clear();
        }

        foreach (var call in held) call.TrySetException(problem);
    }

    internal object? Pass(MethodInfo method, object? answer, CancellationToken cancellationToken)
    {
        if (!IsClosed || answer is not Task task) return answer;
        return method.ReturnType.IsGenericType
            ? HoldOf.MakeGenericMethod(method.ReturnType.GetGenericArguments()[0]).Invoke(this, [task, cancellationToken])
            : HoldPlainAsync(task, cancellationToken);
    }

    private async Task<T> HoldAsync<T>(Task<T> answer, CancellationToken cancellationToken)
    {
        var value = await answer;
        await WaitAsync(cancellationToken);
        return value;
    }

    private async Task HoldPlainAsync(Task answer, CancellationToken cancellationToken)
    {
        await answer;
        await WaitAsync(cancellationToken);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var call = new TaskCompletionSource();
        lock (_lock) _held.Add(call);
        await using var given = cancellationToken.Register(() =>
        {
            lock (_lock) _held.Remove(call);
            call.TrySetCanceled(cancellationToken);
        });
        await call.Task;
    }
}

/// <summary>The proxy around a reader, which <see cref="ReadGate.Before{T}"/> creates.</summary>
public class ReadGatePassage : DispatchProxy
{
    private ReadGate? _gate;
    private object? _reader;

    internal void Lead(ReadGate gate, object reader) => (_gate, _reader) = (gate, reader);

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        try
        {
            var cancellationToken = args?.OfType<CancellationToken>().FirstOrDefault() ?? default;
            return _gate!.Pass(targetMethod, targetMethod.Invoke(_reader, args), cancellationToken);
        }
        catch (TargetInvocationException problem) when (problem.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
