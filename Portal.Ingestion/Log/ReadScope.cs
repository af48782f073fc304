using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log;

/// <summary>
/// Everything that decides what a viewer sees of a filtered log, as a value: viewers with equal scopes get the same messages, so they can
/// share a read. The viewer's identity is not part of it.
/// </summary>
internal sealed record ReadScope(ValueList<ReadScope.Part> Parts, MessageFilter Filter)
{
    public static ReadScope Of(Viewer viewer, MessageFilter filter) => new(
        [.. viewer.Grants.Select(g => new Part(
            g.Authority, g.Effective, g.Types.All, g.Types.OpenTypes, [.. g.Types.Granted], g.Limits))],
        filter);

    /// <summary>A grant by value.</summary>
    internal sealed record Part(
        string Authority, ViewerRights Rights, bool AllTypes, bool OpenTypes, ValueList<string> GrantedTypes, AccessLimits Limits);
}
