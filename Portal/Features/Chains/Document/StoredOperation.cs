namespace Portal.Features.Chains.Document;

/// <summary>Why an operation was made.</summary>
public enum ChainCause
{
    Edit,
    Undo,
    Redo,
}

/// <summary>An operation in the log.</summary>
/// <param name="Number">1, 2, 3 … without gaps; the order that counts everywhere.</param>
/// <param name="Author">The author's id (<see cref="ChainEditor.Id"/>), never a CPR number.</param>
/// <param name="AuthorName">The name as shown.</param>
/// <param name="ClientId">Which of the author's windows; undo is per author and client.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Cause">Why it was made.</param>
/// <param name="Steps">How many steps an undo or redo took off the author's stack.</param>
/// <param name="Changes">Its changes; those without effect are left out.</param>
public sealed record StoredOperation(
    long Number, string Author, string AuthorName, string ClientId, DateTimeOffset At, ChainCause Cause, int Steps,
    IReadOnlyList<ChainChange> Changes)
{
    /// <summary>Author and client id as one text.</summary>
    public string Key => ChainEditor.KeyOf(Author, ClientId);

    /// <summary>Who made it.</summary>
    internal ChangeAuthor By => new(Author, Key);
}

/// <summary>Who made a change.</summary>
/// <param name="Person">The author's id: votes are counted by person, in however many windows.</param>
/// <param name="Key"><see cref="ChainEditor.Key"/>.</param>
internal readonly record struct ChangeAuthor(string Person, string Key);
