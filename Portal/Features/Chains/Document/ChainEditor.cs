using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Document;

/// <summary>A person or guest who edits a chain.</summary>
/// <param name="Id">A viewer's id, or a guest's own.</param>
/// <param name="Name">As shown to the others.</param>
/// <param name="ClientId">Which of the person's windows: undo, presence and silent writing are per window. A page keeps it over
/// reloads.</param>
/// <param name="MayEdit">May change the chain.</param>
/// <param name="MaySteer">May run the workshop.</param>
/// <param name="GuestCode">The code that a guest joined with; null for people who are signed in.</param>
/// <param name="Until">When a guest's pass ends, UTC; null for people who are signed in.</param>
public sealed record ChainEditor(
    string Id, string Name, string ClientId, bool MayEdit, bool MaySteer, string? GuestCode = null, DateTimeOffset? Until = null)
{
    private const string GuestPrefix = "guest:";

    /// <summary>Id and client id as one text: the key of undo steps and withheld texts. Votes are by <see cref="Id"/>.</summary>
    public string Key => KeyOf(Id, ClientId);

    /// <summary>
    /// CVR number of the authority at which the editor has these rights: the session of another authority's chain refuses what the editor
    /// does. Null for guests, who are let in by <see cref="GuestCode"/>.
    /// </summary>
    public string? Authority { get; init; }

    /// <summary>The editor of a signed-in user or an API key, with the viewer's rights at the authority whose chain it is.</summary>
    public static ChainEditor Of(Viewer viewer, string authority, string clientId = "") =>
        Of(viewer, authority, ViewerRights.EditChains, clientId);

    /// <summary>The same for a viewer whom <paramref name="rights"/> allow to change the chain.</summary>
    public static ChainEditor Of(Viewer viewer, string authority, ViewerRights rights, string clientId)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var may = viewer.AuthoritiesOf(rights).Contains(authority);
        return new ChainEditor(viewer.Id, viewer.Name, clientId, may, may) { Authority = authority };
    }

    /// <summary>
    /// A guest of an open workshop: edits and votes while it is open with this code. »(gæst)« stands beside the name wherever it is shown
    /// or stored, so that nobody is taken for a colleague of the same name.
    /// </summary>
    public static ChainEditor Guest(string code, string name, string clientId, DateTimeOffset? until = null) =>
        new(GuestPrefix + clientId, $"{name} (gæst)", clientId, true, false, code, until);

    /// <summary>True for an <see cref="Id"/> of a guest.</summary>
    public static bool IsGuestId(string id) => id.StartsWith(GuestPrefix, StringComparison.Ordinal);

    internal static string KeyOf(string id, string clientId) => clientId.Length == 0 ? id : $"{id}#{clientId}";
}
