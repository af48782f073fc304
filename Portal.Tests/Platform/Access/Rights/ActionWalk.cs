using System.Collections;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Platform.Access;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>The whole portal, whose services are called as its pages call them; its own background work is stopped.</summary>
internal sealed class ActionWalk : IAsyncDisposable
{
    private const string Cvr = "55133018";
    private readonly HostedPortal _portal;
    private readonly AsyncServiceScope _scope;
    private DatabaseDump _before = new();

    private ActionWalk(HostedPortal portal, IReadOnlyList<ServiceAction> actions)
    {
        (_portal, Actions) = (portal, actions);
        _scope = portal.Services.CreateAsyncScope();
    }

    public IReadOnlyList<ServiceAction> Actions { get; }

    public AuthorityData Data { get; private set; } = null!;

    public ActionArguments Arguments { get; private set; } = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string ConnectionString => _portal.Services.GetRequiredService<PortalSettings>().ConnectionString;

    public static async Task<ActionWalk> StartAsync(bool withData)
    {
        IReadOnlyList<ServiceAction> actions = [];
        var portal = await HostedPortal.StartAsync(
            settings: [$"--Municipality:Cvr:0={Cvr}", "--Municipality:Cvr:1=19438414"],
            more: builder => actions = ServiceAction.Of(builder.Services));
        var walk = new ActionWalk(portal, actions);
        if (!withData) return walk;
        walk.Data = await AuthorityData.AddAsync(portal, Cvr, Stop);
        foreach (var service in portal.Services.GetServices<IHostedService>().Where(s => s is BackgroundService && IsOurs(s.GetType())))
            await service.StopAsync(Stop);

        // What came last may not have been matched when they stopped.
        await portal.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
        walk.Arguments = await ActionArguments.OfAsync(portal.Services, walk.Data, Stop);
        walk._before = await DatabaseDump.ReadAsync(walk.ConnectionString, Stop);
        return walk;
    }

    /// <summary>Calls; returns what came out or was changed, null when nothing did.</summary>
    public async Task<string?> GivesAsync(ServiceAction action, Viewer viewer)
    {
        string? given;
        try
        {
            var answer = await CallAsync(action, viewer);
            given = Emptiness.IsNothing(answer) ? null : $"gave {Shown(answer)}";
        }
        catch (UnauthorizedAccessException)
        {
            given = null;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            given = $"threw {problem.GetType().Name}: {problem.Message}";
        }

        var now = await DatabaseDump.ReadAsync(ConnectionString, Stop);
        var changed = now.Changes(_before);
        _before = now;
        return changed.Count > 0 ? $"{given} changed {string.Join(", ", changed)}" : given;
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _portal.DisposeAsync();
    }

    private async Task<object?> CallAsync(ServiceAction action, Viewer viewer)
    {
        var service = _scope.ServiceProvider.GetRequiredService(action.Service);
        object? answer;
        try
        {
            answer = action.Method.Invoke(service, Arguments.For(action, viewer, Stop));
        }
        catch (TargetInvocationException problem) when (problem.InnerException is { } inner)
        {
            throw inner;
        }

        if (answer is not Task task) return answer;
        await task;
        return task.GetType().GetProperty(nameof(Task<object>.Result))?.GetValue(task) is { } result
            && result.GetType().FullName != "System.Threading.Tasks.VoidTaskResult" ? result : null;
    }

    private static string Shown(object? answer) => answer is IEnumerable and not string ? $"{answer.GetType().Name}" : $"{answer}";

    private static bool IsOurs(Type type) => type.Assembly == typeof(ApiScopes).Assembly || type.Assembly == typeof(Viewer).Assembly;
}
