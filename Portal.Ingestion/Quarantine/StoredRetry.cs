using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Quarantine;

/// <summary>A retry of rows of the quarantine, fixed at the start: its <see cref="StoredRetryItem"/>s.</summary>
public sealed class StoredRetry
{
    public required string Id { get; set; }
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>The viewer's id; never a CPR number.</summary>
    public required string StartedBy { get; set; }
    public required string StartedByName { get; set; }
    public int Total { get; set; }

    /// <summary>Name of the person who stopped it; null when nobody did.</summary>
    public string? StoppedByName { get; set; }

    /// <summary>Name of the person who had the rows tried that were held back; null when nobody did.</summary>
    public string? ContinuedByName { get; set; }

    /// <summary>UTC, when the last item had its outcome, or the runner saw the stop; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>
    /// Always null: an earlier version stored it, and <see cref="RetrySummary.WaitsFor"/> is worked out now. The column stays, since
    /// dropping it rebuilds the table on SQLite and stops nodes of the earlier version while they are replaced.
    /// </summary>
    public string? WaitsFor { get; set; }

    /// <summary>Id of the node that works on it.</summary>
    public string? Runner { get; set; }

    /// <summary>UTC, when the runner last renewed its claim; see <see cref="RetryRunner.Lease"/>.</summary>
    public DateTimeOffset? RunnerAt { get; set; }
}

/// <summary>A row of a retry, with its outcome.</summary>
public sealed class StoredRetryItem
{
    public required string RetryId { get; set; }
    public int Position { get; set; }
    public long QuarantineId { get; set; }
    public required string Authority { get; set; }

    /// <summary><c>accepted</c>, <c>repeated</c>, <c>quarantined</c>, <c>gone</c>; null when not yet tried.</summary>
    public string? Outcome { get; set; }

    /// <summary>Why it is still in quarantine.</summary>
    public string? Detail { get; set; }
    public string? BeskedId { get; set; }
    public DateTimeOffset? At { get; set; }

    /// <summary>The <see cref="QuarantineCause.Key"/> of its cause at the start; empty in a retry of an earlier version.</summary>
    public string Cause { get; set; } = "";

    /// <summary>Its step among the rows of its cause: see <see cref="RetrySteps"/>.</summary>
    public int Step { get; set; }

    /// <summary>Tried, and in quarantine for the same cause as before.</summary>
    public bool SameCause { get; set; }

    /// <summary>Not tried, since an earlier step of its cause failed.</summary>
    public bool HeldBack { get; set; }
}

/// <summary>The tables of the retries.</summary>
internal sealed class RetryModel : IEntityTypeConfiguration<StoredRetry>, IEntityTypeConfiguration<StoredRetryItem>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredRetry> builder)
    {
        builder.ToTable("QuarantineRetries");
        builder.HasKey(r => r.Id);
        builder.HasIndex(r => r.StartedAt);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredRetryItem> builder)
    {
        builder.ToTable("QuarantineRetryItems");
        builder.HasKey(i => new { i.RetryId, i.Position });
    }
}
