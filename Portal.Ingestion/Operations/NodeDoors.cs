using Portal.Ingestion.Domain;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>The doors of this process with their figures, as they are written for the other nodes to see.</summary>
internal sealed class NodeDoors(NodeIdentity node, ConfiguredDoors configured, DoorBoard board, DoorActivity activity)
{
    /// <summary>This process' id.</summary>
    public string NodeId => node.Id;

    /// <summary>What the doors last said of themselves.</summary>
    public IReadOnlyList<DoorReport> Reports => board.Doors;

    /// <summary>Completes when a door says something new.</summary>
    public Task NextChange => board.NextChange;

    /// <summary>Asks the doors that do not speak for themselves.</summary>
    public void Refresh() => configured.Refresh();

    /// <summary>A row for each door; never empty.</summary>
    public IReadOnlyList<StoredDoor> Rows(DateTimeOffset now)
    {
        configured.Refresh();
        var commits = activity.Commits();
        return [.. board.Doors.Select(door => Row(door, activity.Of(door.Transport), board.BacklogOf(door.Transport), commits, now))];
    }

    private StoredDoor Row(DoorReport door, DoorFigures figures, DoorBacklog? backlog, CommitFigures commits, DateTimeOffset now) => new()
    {
        Node = node.Id, Program = node.Program, Transport = door.Transport, State = door.State.ToWire(), Since = door.Since, Why = door.Why, Remedy = door.Remedy, Heartbeat = now,
        LastMessageAt = figures.LastMessageAt, Messages = figures.Messages, Repeats = figures.Repeats, Quarantined = figures.Quarantined,
        LagHalfMilliseconds = figures.LagHalf?.TotalMilliseconds, LagMostMilliseconds = figures.LagMost?.TotalMilliseconds,
        Waiting = backlog?.Waiting, OldestWaiting = backlog?.Oldest,
        Commits = commits.Count, CommitSize = commits.MeanSize, CommitMilliseconds = commits.MeanMilliseconds,
    };
}
