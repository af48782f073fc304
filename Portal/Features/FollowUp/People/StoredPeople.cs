using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Platform.Access.Claims;

namespace Portal.Features.FollowUp.People;

/// <summary>A person who has signed in with access to cases: rows can be assigned to them, and they may turn the daily mail on.</summary>
public sealed class StoredColleague
{
    public required string Authority { get; set; }
    public required string Id { get; set; }
    public required string Name { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>What the person's roles are limited to (<see cref="LimitsJson"/>); null for nothing.</summary>
    public string? Limits { get; set; }

    /// <summary>The address of the daily mail; null when it is off.</summary>
    public string? DigestTo { get; set; }

    /// <summary>The portal's address in the person's browser, for the mail's links: <c>https://portal.kommune.dk</c>.</summary>
    public string? Address { get; set; }

    /// <summary>The last day (Copenhagen) that a mail was queued for, as <see cref="DateOnly.DayNumber"/>.</summary>
    public int DigestDay { get; set; }
}

internal sealed class PeopleModel : IEntityTypeConfiguration<StoredColleague>
{
    public void Configure(EntityTypeBuilder<StoredColleague> builder)
    {
        builder.ToTable("Colleagues");
        builder.HasKey(c => new { c.Authority, c.Id });
    }
}
