using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log;

/// <summary>
/// All that decides what a viewer sees of a filtered log, as a value: two viewers with equal scopes read the same, so one read can serve
/// both. Who the viewer is has no part in it, and nothing is shared where anything here differs.
/// </summary>
internal sealed record ReadScope(
    ViewerRights Rights, ValueList<string> Authorities, bool AllTypes, bool OpenTypes, ValueList<string> GrantedTypes, MessageFilter Filter)
{
    public static ReadScope Of(Viewer viewer, MessageFilter filter) =>
        new(viewer.Rights, [.. viewer.Authorities], viewer.Types.All, viewer.Types.OpenTypes, [.. viewer.Types.Granted], filter);
}
