namespace Portal.Features.Chains.Document;

/// <summary>What a guest of a workshop may change: what its facilitator has chosen (<see cref="GuestsMay"/>).</summary>
internal static class GuestRules
{
    /// <summary>True when the editor is no guest, or one who may make this change.</summary>
    public static bool Allows(ChainState state, ChainEditor editor, ChainChange change)
    {
        if (editor.GuestCode is null || change is WorkshopChange) return true;
        if (change is SetChainValue) return false;
        return state.Workshop.GuestsMay switch
        {
            GuestsMay.Edit => true,
            GuestsMay.Add => change switch
            {
                AddElement add => !state.Document.Elements.ContainsKey(add.Id) || IsOwn(state, editor, add.Id),
                DeleteElement delete => IsOwn(state, editor, delete.Id),
                RestoreElement restore => IsOwn(state, editor, restore.Id),
                SetValue set => IsOwn(state, editor, set.Id),
                Connect link => IsOwn(state, editor, link.From) || IsOwn(state, editor, link.To),
                Disconnect cut => IsOwn(state, editor, cut.From) || IsOwn(state, editor, cut.To),
                SetLinkValue set => IsOwn(state, editor, set.From) || IsOwn(state, editor, set.To),
                _ => false,
            },
            _ => false,
        };
    }

    /// <summary>True when the editor may add boxes.</summary>
    public static bool MayAdd(ChainState state, ChainEditor editor) =>
        editor.MayEdit && (editor.GuestCode is null || state.Workshop.GuestsMay != GuestsMay.Look);

    /// <summary>True when the editor may change and delete this box.</summary>
    public static bool MayEdit(ChainState state, ChainEditor editor, string id) => editor.MayEdit
        && (editor.GuestCode is null || state.Workshop.GuestsMay == GuestsMay.Edit
            || (state.Workshop.GuestsMay == GuestsMay.Add && IsOwn(state, editor, id)));

    /// <summary>The workshop after a change to the chain: it remembers which boxes are a guest's.</summary>
    public static WorkshopState Note(ChainState state, ChainChange change, ChangeAuthor by) =>
        change is AddElement add && ChainEditor.IsGuestId(by.Person) && !state.Document.Elements.ContainsKey(add.Id)
            ? state.Workshop with { GuestBoxes = state.Workshop.GuestBoxes.SetItem(add.Id, by.Key) }
            : state.Workshop;

    private static bool IsOwn(ChainState state, ChainEditor editor, string id) =>
        state.Workshop.GuestBoxes.TryGetValue(id, out var key) && key == editor.Key;
}
