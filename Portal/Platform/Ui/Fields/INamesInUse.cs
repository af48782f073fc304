namespace Portal.Platform.Ui.Fields;

/// <summary>Names that are in use in the portal, which fields of a department or an owner suggest.</summary>
public interface INamesInUse
{
    /// <summary>Those that the signed-in person may see, each once, in alphabetical order.</summary>
    Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken);
}
