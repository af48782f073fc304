using Microsoft.AspNetCore.Components;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Workshop;

/// <summary>A part of a page that shows the shared workshop and follows it while the page is open.</summary>
public abstract class WorkshopPart : ComponentBase, IDisposable
{
    private readonly PageCall _call = new();
    private ChainConnection? _connection;

    [Inject] private ILogger<WorkshopPart> Logger { get; set; } = null!;

    [Parameter, EditorRequired] public ChainSession Session { get; set; } = null!;

    /// <summary>Who is at it.</summary>
    [Parameter, EditorRequired] public ChainEditor Editor { get; set; } = null!;

    /// <summary>The workshop as it is now.</summary>
    protected WorkshopState Workshop => Session.State.Workshop;

    /// <summary>True when the last change that this part asked for was not taken.</summary>
    protected bool Failed { get; private set; }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _connection = Session.Join(Editor, notice =>
        {
            if (Concerns(notice)) _call.Make(() => InvokeAsync(StateHasChanged), Logger);
        });
    }

    /// <summary>True for news that change what this part shows.</summary>
    protected virtual bool Concerns(ChainNotice notice) => notice is ChainChanged { WorkshopChanged: true };

    /// <summary>Changes the workshop for everyone.</summary>
    /// <returns>True when it is stored now.</returns>
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
