using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.FollowUp.People;

/// <summary>Someone who may work with cases and has signed in: can be given rows, and may ask for a daily mail.</summary>
public sealed class StoredColleague
{
    public required string Authority { get; set; }
    public required string Id { get; set; }
    public required string Name { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Where the daily mail goes; null while none is wanted.</summary>
    public string? DigestTo { get; set; }

    /// <summary>How the person reaches the portal, for the mail's links: <c>https://portal.kommune.dk/</c>.</summary>
    public string? Address { get; set; }

    /// <summary>The last day (Copenhagen) that a mail was sent for, as days since year 1.</summary>
    public int DigestDay { get; set; }
}

/// <summary>A choice of rows that a person keeps under a name.</summary>
public sealed class StoredWorkFilter
{
    public required string PersonId { get; set; }
    public required string Name { get; set; }

    /// <summary>The query of the worklist's address.</summary>
    public required string Query { get; set; }
}

/// <summary>The tables of people at the worklist.</summary>
internal sealed class PeopleModel : IEntityTypeConfiguration<StoredColleague>, IEntityTypeConfiguration<StoredWorkFilter>
{
    public void Configure(EntityTypeBuilder<StoredColleague> builder)
    {
        builder.ToTable("Colleagues");
        builder.HasKey(c => new { c.Authority, c.Id });
    }

    public void Configure(EntityTypeBuilder<StoredWorkFilter> builder)
    {
        builder.ToTable("WorkFilters");
        builder.HasKey(f => new { f.PersonId, f.Name });
    }
}
