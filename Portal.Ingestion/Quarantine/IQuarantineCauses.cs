using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Quarantine;

/// <summary>All rows that wait for one and the same reason, counted over the whole quarantine.</summary>
/// <param name="Detail">One Danish sentence; no content of the message.</param>
/// <param name="FirstAt">When the first of them came, UTC.</param>
/// <param name="LastAt">When the latest came, UTC.</param>
/// <param name="Transports">The transports that they came by, the most used first.</param>
/// <param name="Authorities">The authorities that they belong to (CVR), the most concerned first.</param>
public sealed record QuarantineCause(
    QuarantineReason Reason, string Detail, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, IReadOnlyList<string> Transports,
    IReadOnlyList<string> Authorities)
{
    private const int KeyBytes = 6;

    /// <summary>A short name of the cause, the same for as long as its reason and sentence are; safe in an address.</summary>
    public string Key { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Reason.ToWire()}\n{Detail}")).AsSpan(0, KeyBytes));
}

/// <summary>Which rows are meant; empty: all that wait.</summary>
public sealed record QuarantineSelection
{
    /// <summary>Only rows with this reason.</summary>
    public QuarantineReason? Reason { get; init; }

    /// <summary>Only rows with this very sentence, which with <see cref="Reason"/> makes a cause.</summary>
    public string? Detail { get; init; }

    /// <summary>Only these rows.</summary>
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Closed rows instead of those that wait.</summary>
    public bool Closed { get; init; }
}

/// <summary>A row with what was said when it was closed.</summary>
/// <param name="ClosedAt">UTC; null when it waits.</param>
/// <param name="ClosedBy">The closer's name.</param>
/// <param name="Why">The closer's reason.</param>
public sealed record QuarantineEntry(
    QuarantinedMessage Message, DateTimeOffset? ClosedAt = null, string? ClosedBy = null, string? Why = null);

/// <summary>
/// The quarantine by its causes, and the closing of rows that need nothing more: sent again by the sender, or not for us.
/// </summary>
public interface IQuarantineCauses
{
    /// <summary>The longest reason that is kept, in UTF-16 units.</summary>
    const int LongestWhy = 500;

    /// <summary>Every cause that waits, the largest first.</summary>
    Task<IReadOnlyList<QuarantineCause>> CausesAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Rows of a selection, newest first.</summary>
    Task<Page<QuarantineEntry>> ListAsync(
        Viewer viewer, QuarantineSelection selection, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>How many are closed.</summary>
    Task<long> CountClosedAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// Closes the waiting rows of a selection, those that are there at the call; gives how many. They wait no more and are kept until their
    /// time is served; one whose bytes come again waits again. 0 when the viewer may not operate or <paramref name="why"/> is empty.
    /// </summary>
    Task<int> CloseAsync(Viewer viewer, QuarantineSelection selection, string why, CancellationToken cancellationToken);

    /// <summary>Lets closed rows wait again; gives how many.</summary>
    Task<int> ReopenAsync(Viewer viewer, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}
