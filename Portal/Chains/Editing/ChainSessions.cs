using System.Collections.Concurrent;
using Portal.Chains.Keeping;
using Portal.Ingestion.Access;
using Portal.Ingestion.Services;

namespace Portal.Chains.Editing;

/// <summary>The sessions of this process. Reads on every second for pages that watch, since another node may have written; lets go of what nobody uses.</summary>
internal sealed class ChainSessions(IChainStore store, IChainLog log, IWorkshopCodes codes, TimeProvider time, ILogger<ChainSessions> logger, IChainBackplane? backplane = null)
    : SupervisedService(time, logger), IChainSessions
{
    /// <summary>How many operations one can undo at least after a restart.</summary>
    private const int UndoReach = 200;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, ChainSession> _open = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1, 1);
    private IDisposable? _heard;

    public async Task<ChainSession?> OpenAsync(Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        await store.FindAsync(viewer, chainId, cancellationToken) is null ? null : await OpenAsync(chainId, cancellationToken);

    public async Task<ChainSession?> OpenForGuestAsync(string code, CancellationToken cancellationToken)
    {
        if (await codes.FindChainAsync(code, cancellationToken) is not { } chainId) return null;
        var session = await OpenAsync(chainId, cancellationToken);
        return string.Equals(session?.State.Workshop.Code, code.Trim(), StringComparison.OrdinalIgnoreCase) ? session : null;
    }

    public override string Name => "chain-sessions";

    protected override Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _heard ??= backplane?.Listen((node, word) => _ = HearAsync(node, word, cancellationToken));
        return LookAsync(cancellationToken);
    }

    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Poll, Time, cancellationToken);

    /// <summary>One look at every open session.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, session) in _open)
        {
            if (!session.IsWatched)
            {
                // Nobody is told of anything here any more; whoever still holds it writes through the log like another node.
                if (Time.GetUtcNow() - session.LastUsed > Idle) _open.TryRemove(id, out _);
                continue;
            }

            try
            {
                session.Announce();
                await session.CatchUpAsync(cancellationToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.LogWarning(problem, "An open chain could not be read; it is tried again in a second");
            }
        }
    }

    /// <summary>Another node said something of a chain; whatever fails here is found by the next look.</summary>
    internal async Task HearAsync(string node, ChainWord word, CancellationToken cancellationToken)
    {
        try
        {
            if (_open.TryGetValue(word.ChainId, out var session)) await session.HearAsync(node, word, cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            Log.LogWarning(problem, "An open chain could not be read when another node had written; it is tried again in a second");
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    public override void Dispose()
    {
        _heard?.Dispose();
        foreach (var session in _open.Values) session.Dispose();
        _opening.Dispose();
        base.Dispose();
    }

    private async Task<ChainSession?> OpenAsync(string chainId, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue(chainId, out var session))
        {
            await _opening.WaitAsync(cancellationToken);
            try
            {
                if (!_open.TryGetValue(chainId, out session))
                {
                    if (await log.ReadAsync(chainId, UndoReach, cancellationToken) is not { } reading) return null;
                    _open[chainId] = session = new ChainSession(chainId, reading, log, Time, Log, backplane);
                    return session;
                }
            }
            finally
            {
                _opening.Release();
            }
        }

        await session.CatchUpAsync(cancellationToken);
        return session;
    }
}
