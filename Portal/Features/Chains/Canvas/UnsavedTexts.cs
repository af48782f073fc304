using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Canvas;

/// <summary>Why a text or change is not stored.</summary>
public enum UnsavedReason
{
    /// <summary>The connection or the page was lost before the text was sent.</summary>
    Lost,

    /// <summary>The database could not store it.</summary>
    NotStored,

    /// <summary>Somebody else changed the same text meanwhile.</summary>
    Overtaken,

    /// <summary>The value is not allowed in the field.</summary>
    Refused,

    /// <summary>The text is longer than the field allows.</summary>
    TooLong,

    /// <summary>Someone else deleted the box meanwhile.</summary>
    BoxDeleted,

    /// <summary>The chain was moved to the trash meanwhile.</summary>
    ChainDeleted,
}

/// <summary>A text that could not be stored, kept so that saving can be retried.</summary>
public sealed record UnsavedText(string Id, string Property, string Text, UnsavedReason Because);

/// <summary>The texts of the board's fields: stored, or kept until their editor decides.</summary>
public sealed partial class ChainBoardModel
{
    private const string LinkPrefix = "to:";

    // Texts on their way to the database, by box and property: the newest of each.
    private readonly Dictionary<(string Id, string Property), TextOnItsWay> _onTheWay = [];

    /// <summary>Texts that could not be stored.</summary>
    public IReadOnlyList<UnsavedText> Unsaved { get; private set; } = [];

    /// <summary>
    /// Stores the text of a field. When someone else has changed it since <paramref name="before"/>, or it cannot be stored, it is kept in
    /// <see cref="Unsaved"/> until the editor decides. Texts of one field are stored one after the other.
    /// </summary>
    public async Task<bool> SaveAsync(string id, string property, string before, string text)
    {
        var (earlier, mine) = (_onTheWay.GetValueOrDefault((id, property)), new TextOnItsWay(text));
        _onTheWay[(id, property)] = mine;
        try
        {
            if (earlier is not null) await earlier.Done.Task;
            return await StoreAsync(id, property, before, text);
        }
        finally
        {
            if (_onTheWay[(id, property)] == mine) _onTheWay.Remove((id, property));
            mine.Done.SetResult();
        }
    }

    private async Task<bool> StoreAsync(string id, string property, string before, string text)
    {
        Unsaved = [.. Unsaved.Where(k => k.Id != id || k.Property != property)];
        if (IsDeleted(id))
        {
            KeepUnsaved(new UnsavedText(id, property, text, UnsavedReason.BoxDeleted));
            return false;
        }

        var now = Now(id, property);
        if (now == text || now == before)
        {
            if (now == text || await DoAsync(Setting(id, property, text)))
            {
                Stored?.Invoke(id, property);
                return true;
            }

            KeepUnsaved(new UnsavedText(id, property, text, Error switch { "NotStored" => UnsavedReason.NotStored, "Gone" =>
                UnsavedReason.ChainDeleted, _ => UnsavedReason.Refused }));
            return false;
        }

        KeepUnsaved(new UnsavedText(id, property, text, UnsavedReason.Overtaken));
        return false;
    }

    /// <summary>Stores a kept text over the current value; a box that was deleted meanwhile is restored with it.</summary>
    public async Task<bool> TryAgainAsync(UnsavedText kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        if (!IsDeleted(kept.Id)) return await SaveAsync(kept.Id, kept.Property, Now(kept.Id, kept.Property), kept.Text);
        if (!await DoAsync(ChainOperation.Of([new RestoreElement(kept.Id), .. Setting(kept.Id, kept.Property, kept.Text).Changes])))
            return false;
        Drop(kept);
        return true;
    }

    /// <summary>Keeps a text that the browser offers: typed, but never stored.</summary>
    /// <param name="id">As for <see cref="Now"/>.</param>
    /// <param name="property">As for <see cref="Now"/>.</param>
    /// <param name="text">The text, or its beginning.</param>
    /// <param name="length">Characters of the whole text.</param>
    public void Offer(string id, string property, string text, int length) => KeepUnsaved(new UnsavedText(
        id, property, text, length > MostOf(id, property) ? UnsavedReason.TooLong
            : Session.IsGone ? UnsavedReason.ChainDeleted
            : IsDeleted(id) ? UnsavedReason.BoxDeleted
            : UnsavedReason.Lost));

    /// <summary>How many characters a field holds.</summary>
    public static int MostOf(string id, string property) =>
        id.Length == 0 && property is ChainDocument.TitleProperty or ChainDocument.DepartmentProperty
            ? ChainRules.MaxTitle
            : ChainRules.MaxText;

    private bool IsDeleted(string id) => View.Document.Elements.TryGetValue(id, out var box) && box.Deleted;

    /// <summary>Adds a text that could not be stored, unless it equals the stored value.</summary>
    public void KeepUnsaved(UnsavedText kept)
    {
        if (Now(kept.Id, kept.Property) != kept.Text)
            Unsaved = [.. Unsaved.Where(k => k.Id != kept.Id || k.Property != kept.Property), kept];
        if (Error is "NotStored" or "Refused" or "Gone") Error = null;
        Notify();
    }

    /// <summary>Removes a text that could not be stored.</summary>
    public void Drop(UnsavedText kept)
    {
        Unsaved = [.. Unsaved.Where(k => k != kept)];
        Stored?.Invoke(kept.Id, kept.Property);
        Notify();
    }

    /// <summary>
    /// The current value of a field. The id is a box's, or empty for the chain's own values; the property is the box's, or
    /// <see cref="AssumptionOn"/> for the assumption on a link.
    /// </summary>
    public string Now(string id, string property)
    {
        var document = View.Document;
        if (id.Length == 0) return document.Get(property) ?? "";
        if (!property.StartsWith(LinkPrefix, StringComparison.Ordinal)) return document.Elements.GetValueOrDefault(id)?.Get(property) ?? "";
        return document.Links.GetValueOrDefault(new LinkKey(id, property[LinkPrefix.Length..]))?.Assumption ?? "";
    }

    /// <summary>
    /// The value that a field shows: <see cref="Now"/>, or the text that this window is storing in it. A field that is opened again at once
    /// would otherwise begin with the old text, and what is then typed would be taken for a change of something else.
    /// </summary>
    public string Latest(string id, string property) =>
        _onTheWay.TryGetValue((id, property), out var coming) ? coming.Text : Now(id, property);

    /// <summary>The property name of the assumption on a link to a box.</summary>
    public static string AssumptionOn(string to) => LinkPrefix + to;

    private sealed class TextOnItsWay(string text)
    {
        public string Text => text;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static ChainOperation Setting(string id, string property, string text)
    {
        if (id.Length == 0) return ChainOperation.Of(new SetChainValue(property, text));
        if (!property.StartsWith(LinkPrefix, StringComparison.Ordinal)) return ChainOperation.Set(id, property, text);
        return ChainOperation.Of(new SetLinkValue(id, property[LinkPrefix.Length..], ChainLink.AssumptionProperty, text));
    }
}
