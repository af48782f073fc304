using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Editing;

/// <summary>
/// Each editor's undo and redo stacks, at most 500 steps each. Rebuilt from the log: a session opened again, here or on another node, has
/// the same steps as far back as it reads. Not thread-safe; its session locks it.
/// </summary>
internal sealed class ChainHistory
{
    private const int Reach = 500;
    private readonly Dictionary<string, Stacks> _stacks = new(StringComparer.Ordinal);

    private sealed record Part(ChainChange Forward, ChainChange Inverse);

    private sealed record Stacks(List<IReadOnlyList<Part>> Undo, List<IReadOnlyList<Part>> Redo);

    /// <summary>Records an operation; <paramref name="before"/> is the document that it changed.</summary>
    public void Note(StoredOperation operation, ChainDocument before)
    {
        var stacks = Of(operation.Key);
        if (operation.Cause == ChainCause.Edit)
        {
            if (Steps(before, operation.Changes) is not { Count: > 0 } step) return;
            Push(stacks.Undo, step);
            stacks.Redo.Clear();
            return;
        }

        var (from, to) = operation.Cause == ChainCause.Undo ? (stacks.Undo, stacks.Redo) : (stacks.Redo, stacks.Undo);
        var taken = Take(from, operation.Steps);
        var back = taken is null ? Steps(before, operation.Changes) : Back(taken, before);
        if (back.Count > 0) Push(to, back);
    }

    /// <summary>True when the editor has a step to undo.</summary>
    public bool CanUndo(string key) => _stacks.TryGetValue(key, out var stacks) && stacks.Undo.Count > 0;

    /// <summary>True when the editor has a step to redo.</summary>
    public bool CanRedo(string key) => _stacks.TryGetValue(key, out var stacks) && stacks.Redo.Count > 0;

    /// <summary>
    /// The changes that undo or redo the editor's latest step, and how many steps they take off the stack: steps that others have
    /// overwritten completely are skipped. No changes: none of the steps has anything left, and all are to be dropped.
    /// </summary>
    public (IReadOnlyList<ChainChange> Changes, int Steps) Plan(string key, ChainCause cause, ChainDocument document)
    {
        var stack = cause == ChainCause.Undo ? Of(key).Undo : Of(key).Redo;
        for (var n = 1; n <= stack.Count; n++)
        {
            if (Back(stack[^n], document) is { Count: > 0 } back) return ([.. back.Select(p => p.Forward)], n);
        }

        return ([], stack.Count);
    }

    /// <summary>Removes the latest steps, which others have overwritten.</summary>
    public void Drop(string key, ChainCause cause, int steps) => Take(cause == ChainCause.Undo ? Of(key).Undo : Of(key).Redo, steps);

    private Stacks Of(string key)
    {
        if (!_stacks.TryGetValue(key, out var stacks)) _stacks[key] = stacks = new Stacks([], []);
        return stacks;
    }

    private static void Push(List<IReadOnlyList<Part>> stack, IReadOnlyList<Part> step)
    {
        stack.Add(step);
        if (stack.Count > Reach) stack.RemoveAt(0);
    }

    private static IReadOnlyList<Part>? Take(List<IReadOnlyList<Part>> stack, int steps)
    {
        IReadOnlyList<Part>? last = null;
        for (; steps > 0 && stack.Count > 0; steps--)
        {
            last = stack[^1];
            stack.RemoveAt(stack.Count - 1);
        }

        // Fewer than the operation took: the history does not reach back to that step.
        return steps > 0 ? null : last;
    }

    private static List<Part> Steps(ChainDocument document, IEnumerable<ChainChange> changes)
    {
        var parts = new List<Part>();
        foreach (var change in changes)
        {
            if (ChainInverse.Of(document, change) is not { } inverse) continue;
            parts.Add(new Part(change, inverse));
            document = ChainApply.Apply(document, change);
        }

        return parts;
    }

    // Reverts what is left of a step, last part first; the result is a step that can be reverted in turn.
    private static List<Part> Back(IReadOnlyList<Part> step, ChainDocument document)
    {
        var back = new List<Part>();
        foreach (var part in step.Reverse())
        {
            if (!ChainInverse.StillStands(document, part.Forward)) continue;
            var next = ChainApply.Apply(document, part.Inverse);
            if (ReferenceEquals(next, document)) continue;
            back.Add(new Part(part.Inverse, part.Forward));
            document = next;
        }

        return back;
    }
}
