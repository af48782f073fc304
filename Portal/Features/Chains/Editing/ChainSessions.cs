using System.Collections.Concurrent;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Supervision;

namespace Portal.Features.Chains.Editing;

/// <summary>
/// Opens chains for reading and editing; one session per chain in this process. Every second reads what other nodes have stored in chains
/// that have connections, and drops sessions that nobody has used for 10 minutes.
/// </summary>
public sealed class ChainSessions(IChainStore store, IChainLog log, WorkshopCodes codes, TimeProvider time,
    ILogger<ChainSessions> logger, IChainBackplane? backplane = null)
    : SupervisedService(time, logger)
{
    /// <summary>At least this many of the last operations are read when a chain is opened, so that they can be undone.</summary>
    private const int UndoReach = 200;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    // Longer than any read that is answered at all.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Task> _refreshing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ChainSession> _open = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1, 1);
    private IDisposable? _heard;

    /// <summary>The session, up to date with the log; null when the viewer may not see the chain, or it is in the trash.</summary>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    public async Task<ChainSession?> OpenAsync(Viewer viewer, string chainId, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(viewer, chainId, cancellationToken) is not { } chain) return null;
        var session = await OpenAsync(chainId, cancellationToken);
        if (session is not null) session.Authority = chain.Authority;
        return session;
    }

    /// <summary>The session of the workshop that is open with this code; null when none is, or its chain is in the trash.</summary>
    public async Task<ChainSession?> OpenForGuestAsync(string code, CancellationToken cancellationToken)
    {
        if (await codes.FindChainAsync(code, cancellationToken) is not { } chainId
            || !(await log.PresentAsync([chainId], cancellationToken)).Contains(chainId))
        {
            return null;
        }

        var session = await OpenAsync(chainId, cancellationToken);
        return string.Equals(session?.State.Workshop.Code, code.Trim(), StringComparison.OrdinalIgnoreCase) ? session : null;
    }

    /// <inheritdoc />
    public override string Name => "chain-sessions";

    protected override Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _heard ??= backplane?.Listen((node, word) => _ = ReceiveAsync(node, word, cancellationToken));
        return RefreshAsync(cancellationToken);
    }

    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Poll, Time, cancellationToken);

    /// <summary>Refreshes every session that has connections. One that fails or gets no answer does not delay the others.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var watched = new List<(string Id, ChainSession Session)>();
        foreach (var (id, session) in _open)
        {
            if (session.HasConnections) watched.Add((id, session));

            // It has no connections; whoever still holds it writes through the log, like another node.
            else if (Time.GetUtcNow() - session.LastUsed > Idle) _open.TryRemove(id, out _);
        }

        // First what does not wait for the database: presence, and ended drags.
        foreach (var (_, session) in watched) session.Announce();
        var looks = new List<Task>(watched.Count + 1);
        foreach (var (id, session) in watched)
        {
            if (!IsLooking(id)) looks.Add(_refreshing[id] = RefreshSessionAsync(session.CatchUpAsync, cancellationToken));
        }

        foreach (var (id, look) in _refreshing)
        {
            if (look.IsCompleted && !_open.ContainsKey(id)) _refreshing.TryRemove(id, out _);
        }

        // The key of the check for deleted chains; no chain has an empty id.
        if (watched.Count > 0 && !IsLooking(""))
            looks.Add(_refreshing[""] = RefreshSessionAsync(stopping => FindGoneAsync(watched, stopping), cancellationToken));
        await Task.WhenAny(Task.WhenAll(looks), Task.Delay(Poll, Time, cancellationToken));
    }

    private bool IsLooking(string id) => _refreshing.TryGetValue(id, out var before) && !before.IsCompleted;

    private async Task RefreshSessionAsync(Func<CancellationToken, Task> look, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(Timeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            await look(either.Token).WaitAsync(either.Token);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The portal is stopping.
        }
        catch (Exception problem)
        {
            Log.LogWarning(problem, "An open chain could not be read; it is tried again in a second");
        }
    }

    // Finds chains that were deleted here or on another node, and notifies those who have them open.
    private async Task FindGoneAsync(List<(string Id, ChainSession Session)> watched, CancellationToken cancellationToken)
    {
        var there = await log.PresentAsync([.. watched.Select(w => w.Id)], cancellationToken);
        foreach (var (id, session) in watched) session.SetGone(!there.Contains(id));
    }

    /// <summary>Handles another node's message; what fails here is caught up on by the next refresh.</summary>
    internal async Task ReceiveAsync(string node, BackplaneMessage word, CancellationToken cancellationToken)
    {
        try
        {
            if (_open.TryGetValue(word.ChainId, out var session)) await session.ReceiveAsync(node, word, cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            Log.LogWarning(problem, "An open chain could not be read when another node had written; it is tried again in a second");
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The portal is stopping.
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
