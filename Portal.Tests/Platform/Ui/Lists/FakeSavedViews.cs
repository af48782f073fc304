using Portal.Ingestion.Domain;
using Portal.Platform.Storage.Views;

namespace Portal.Tests.Platform.Ui.Lists;

/// <summary>Saved views in memory, of all pages and persons together.</summary>
internal sealed class FakeSavedViews : ISavedViews
{
    public List<SavedView> Views { get; } = [];

    /// <summary>The answer to saving; nothing is kept unless it is <see cref="SavedViewOutcome.Saved"/>.</summary>
    public SavedViewOutcome Outcome { get; set; }

    /// <summary>Thrown by every write while it is set.</summary>
    public Exception? Error { get; set; }

    public Task<IReadOnlyList<SavedView>> ReadAsync(Viewer viewer, string page, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SavedView>>([.. Views]);

    public Task<SavedViewOutcome> SaveAsync(Viewer viewer, string page, SavedView view, CancellationToken cancellationToken)
    {
        if (Error is not null) throw Error;
        if (Outcome == SavedViewOutcome.Saved) Views.Add(view);
        return Task.FromResult(Outcome);
    }

    public Task<SavedViewOutcome> RenameAsync(
        Viewer viewer, string page, string name, string newName, CancellationToken cancellationToken)
    {
        var at = Views.FindIndex(v => v.Name == name);
        if (at >= 0) Views[at] = Views[at] with { Name = newName };
        return Task.FromResult(Outcome);
    }

    public Task DeleteAsync(Viewer viewer, string page, string name, CancellationToken cancellationToken)
    {
        if (Error is not null) throw Error;
        Views.RemoveAll(v => v.Name == name);
        return Task.CompletedTask;
    }
}
