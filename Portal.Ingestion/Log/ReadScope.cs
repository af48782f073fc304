using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log;

/// <summary>
/// Everything that decides what a viewer sees of a filtered log, as a value: viewers with equal scopes get the same messages, so they can
/// share a read. The viewer's identity is not part of it.
/// </summary>
internal sealed record ReadScope(
    ViewerRights Rights, ValueList<string> Authorities, bool AllTypes, bool OpenTypes, ValueList<string> GrantedTypes, MessageFilter Filter)
{
    public static ReadScope Of(Viewer viewer, MessageFilter filter) =>
        new(viewer.Rights, [.. viewer.Authorities], viewer.Types.All, viewer.Types.OpenTypes, [.. viewer.Types.Granted], filter);
}
