using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.AccessControl;

/// <summary>
/// A line from the time before the access log was a signed one; <see cref="AccessTakeIn"/> moves it there. Nothing is written here any
/// more.
/// </summary>
public sealed class StoredAccess
{
    public long Id { get; set; }

    /// <summary>CVR number of the viewer's own authority.</summary>
    public required string Authority { get; set; }
    public DateTimeOffset At { get; set; }
    public required string ViewerId { get; set; }
    public required string ViewerName { get; set; }
    public required string Kind { get; set; }
    public string? CaseNumber { get; set; }
    public string? LetterId { get; set; }
    public string? BeskedId { get; set; }
    public string? Purpose { get; set; }
    public int? Hits { get; set; }
    public string? Reference { get; set; }
}

internal sealed class AccessModel : IEntityTypeConfiguration<StoredAccess>
{
    public void Configure(EntityTypeBuilder<StoredAccess> builder)
    {
        builder.ToTable("AccessLog");
        builder.HasKey(a => a.Id);
        builder.HasIndex(a => new { a.Authority, a.Id });
        builder.HasIndex(a => a.At);
    }
}
