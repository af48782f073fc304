namespace Portal.Tests.Stories;

/// <summary>
/// One portal that is killed and started again at the same address for several stories at once, since a start costs more than most of them.
/// Each story continues when all have reached the same step; nobody waits for one that has failed.
/// </summary>
public sealed class OneRestart : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("restart").FullName;
    private readonly Uri _address = new($"http://127.0.0.1:{TestPorts.Take()}");
    private readonly Dictionary<Func<Part, Task>, Task> _stories = [];
    private Step? _start, _ready, _kill, _again;
    private PortalProcess? _portal;

    /// <summary>Runs all stories together at the first call; returns the task of <paramref name="story"/>.</summary>
    internal Task RunAsync(IReadOnlyList<Func<Part, Task>> together, Func<Part, Task> story)
    {
        if (_stories.Count == 0)
        {
            _start = new Step(together.Count, StartAsync);
            _ready = new Step(together.Count, () => Task.CompletedTask);
            _kill = new Step(together.Count, () =>
            {
                _portal!.Kill();
                return Task.CompletedTask;
            });
            _again = new Step(together.Count, StartAsync);
            foreach (var one in together) _stories[one] = Task.Run(() => RunAsync(one));
        }

        return _stories[story];
    }

    public async ValueTask DisposeAsync()
    {
        // The story that fails first must not stop the portal for the others.
        await Task.WhenAll(_stories.Values).ContinueWith(_ => { }, TaskScheduler.Default);
        if (_portal is not null) await _portal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(Func<Part, Task> story)
    {
        var part = new Part(this);
        try
        {
            await story(part);
        }
        finally
        {
            foreach (var step in (Step[])[_start!, _ready!, _kill!, _again!]) step.Leave(part);
        }
    }

    private async Task StartAsync()
    {
        if (_portal is not null) await _portal.DisposeAsync();
        _portal = await PortalProcess.StartAsync(_folder, ready: _address);
    }

    /// <summary>One story's steps with the shared portal.</summary>
    internal sealed class Part(OneRestart restart)
    {
        /// <summary>Waits for the running portal.</summary>
        public async Task<RunningPortal> StartAsync()
        {
            await restart._start!.ArriveAsync(this);
            return restart._portal!;
        }

        /// <summary>Waits until no other story has anything left to do before the kill.</summary>
        public Task ReadyAsync() => restart._ready!.ArriveAsync(this);

        /// <summary>Waits for all stories, then the portal is killed (SIGKILL).</summary>
        public Task KillAsync()
        {
            restart._ready!.Leave(this);
            return restart._kill!.ArriveAsync(this);
        }

        /// <summary>Waits for the portal, running again with the same database at the same address.</summary>
        public async Task<RunningPortal> StartAgainAsync()
        {
            await restart._again!.ArriveAsync(this);
            return restart._portal!;
        }
    }

    private sealed class Step(int count, Func<Task> act)
    {
        private readonly HashSet<Part> _arrived = [];
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task ArriveAsync(Part part)
        {
            Leave(part);
            return _done.Task;
        }

        public void Leave(Part part)
        {
            lock (_arrived)
            {
                if (!_arrived.Add(part) || _arrived.Count < count) return;
            }

            _ = ActAsync();
        }

        private async Task ActAsync()
        {
            try
            {
                await act();
                _done.SetResult();
            }
            catch (Exception failed)
            {
                _done.SetException(failed);
            }
        }
    }
}
