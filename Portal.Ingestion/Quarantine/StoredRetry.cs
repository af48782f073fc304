using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Quarantine;

/// <summary>
/// Someone asked for rows of the quarantine to be tried again. What is tried was frozen at the click: its <see cref="StoredRetryItem"/>s.
/// </summary>
public sealed class StoredRetry
{
    public required string Id { get; set; }
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>The viewer's id; never a CPR number.</summary>
    public required string StartedBy { get; set; }
    public required string StartedByName { get; set; }
    public int Total { get; set; }

    /// <summary>Who asked for it to stop; null when nobody did.</summary>
    public string? StoppedByName { get; set; }

    /// <summary>When the last item had its outcome, or it was stopped; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why it waits, in Danish; null when it is running.</summary>
    public string? WaitsFor { get; set; }

    /// <summary>The node that works on it.</summary>
    public string? Runner { get; set; }

    /// <summary>When the runner last said so. Too long ago: another takes over.</summary>
    public DateTimeOffset? RunnerAt { get; set; }
}

/// <summary>A row that is to be tried again, and what came of it.</summary>
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
