using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Letters.Meanings;

/// <summary>What an action or an event code means, as the catalogue has it.</summary>
public sealed class StoredMeaning
{
    /// <summary>The <see cref="Kind"/> of an ObjektHandling.</summary>
    public const string Action = "action";

    /// <summary>The <see cref="Kind"/> of a ForsendelseHaendelseTypeKode.</summary>
    public const string EventCode = "event-code";

    public required string Kind { get; set; }

    /// <summary>A UUID in lower case, or a code.</summary>
    public required string Key { get; set; }

    /// <summary>As on the wire.</summary>
    public required string Name { get; set; }

    /// <summary>One of <see cref="MeaningNames"/>.</summary>
    public required string Meaning { get; set; }

    /// <summary>Where it is known from.</summary>
    public required string Source { get; set; }

    /// <summary>The supplier has confirmed it.</summary>
    public bool Confirmed { get; set; }

    /// <summary>Counts its edits, so that two at once are told apart.</summary>
    public int Version { get; set; }
}

/// <summary>A sender of statuses (BeskedAnsvarligAktoer).</summary>
public sealed class StoredSender
{
    /// <summary>In lower case.</summary>
    public required string Uuid { get; set; }

    public required string Name { get; set; }

    /// <summary>Where it is known from.</summary>
    public required string Source { get; set; }

    /// <summary>The supplier has confirmed it.</summary>
    public bool Confirmed { get; set; }

    /// <summary>Counts its edits, so that two at once are told apart.</summary>
    public int Version { get; set; }
}

/// <summary>The company that carries ordinary letters in a period.</summary>
public sealed class StoredCarrier
{
    public int Id { get; set; }

    /// <summary>The sender's UUID; null for every sender without a row of its own.</summary>
    public string? Sender { get; set; }

    /// <summary>The first day; null when it is not known.</summary>
    public DateOnly? From { get; set; }

    /// <summary>The last day; null while it goes on.</summary>
    public DateOnly? To { get; set; }

    public required string Name { get; set; }

    /// <summary>Where it is known from.</summary>
    public required string Source { get; set; }

    /// <summary>Counts its edits, so that two at once are told apart.</summary>
    public int Version { get; set; }

    /// <summary>True when the day is in the period.</summary>
    public bool Covers(DateOnly day) => !(day < From) && !(day > To);
}

/// <summary>An edit of one of the tables. Never changed.</summary>
public sealed class StoredMeaningChange
{
    public long Id { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The administrator.</summary>
    public required string ByName { get; set; }

    /// <summary>The row, in Danish.</summary>
    public required string What { get; set; }

    /// <summary>The row before, in Danish; null for a new one.</summary>
    public string? Before { get; set; }

    /// <summary>The row after, in Danish; null for a removed one.</summary>
    public string? After { get; set; }

    /// <summary>The administrator's reason, CPR numbers masked; null when none was given.</summary>
    public string? Why { get; set; }
}

/// <summary>The tables of meanings, senders and carriers, and of their edits.</summary>
internal sealed class MeaningsModel
    : IEntityTypeConfiguration<StoredMeaning>, IEntityTypeConfiguration<StoredSender>, IEntityTypeConfiguration<StoredCarrier>,
        IEntityTypeConfiguration<StoredMeaningChange>
{
    public void Configure(EntityTypeBuilder<StoredMeaning> builder)
    {
        builder.ToTable("StatusMeanings");
        builder.HasKey(m => new { m.Kind, m.Key });
    }

    public void Configure(EntityTypeBuilder<StoredSender> builder)
    {
        builder.ToTable("Senders");
        builder.HasKey(s => s.Uuid);
    }

    public void Configure(EntityTypeBuilder<StoredCarrier> builder)
    {
        builder.ToTable("Carriers");
        builder.HasKey(c => c.Id);
    }

    public void Configure(EntityTypeBuilder<StoredMeaningChange> builder)
    {
        builder.ToTable("MeaningChanges");
        builder.HasKey(c => c.Id);
    }
}
