using Microsoft.AspNetCore.Components;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Workshop;

/// <summary>Base of the components that show the workshop's state and render again when it changes.</summary>
public abstract class WorkshopPart : ComponentBase, IDisposable
{
    private readonly PageCall _call = new();
    private ChainConnection? _connection;

    [Inject] private ILogger<WorkshopPart> Logger { get; set; } = null!;

    [Parameter, EditorRequired] public ChainSession Session { get; set; } = null!;

    /// <summary>The editor of this window.</summary>
    [Parameter, EditorRequired] public ChainEditor Editor { get; set; } = null!;

    /// <summary>The workshop's current state.</summary>
    protected WorkshopState Workshop => Session.State.Workshop;

    /// <summary>True when this component's last change was not stored.</summary>
    protected bool Failed { get; private set; }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _connection = Session.Join(Editor, notice =>
        {
            if (Concerns(notice)) _call.Make(() => InvokeAsync(StateHasChanged), Logger);
        });
    }

    /// <summary>True for notices that change what this component shows.</summary>
    protected virtual bool Concerns(ChainNotice notice) => notice is ChainChanged { WorkshopChanged: true };

    /// <summary>Changes the workshop for everyone.</summary>
    /// <returns>True when it is stored.</returns>
    protected async Task<bool> ChangeAsync(WorkshopChange change)
    {
        try
        {
            var result = await Session.ApplyAsync(Editor, ChainOperation.Of(change), CancellationToken.None);
            Failed = result.Outcome is not (ChainOutcome.Applied or ChainOutcome.Unchanged);
        }
        catch (StorageUnavailableException)
        {
            Failed = true;
        }

        return !Failed;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connection.</summary>
    protected virtual void Dispose(bool disposing) => _connection?.Dispose();
}
