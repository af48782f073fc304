using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Mail.Outbox;

/// <summary>What became of a mail in the end.</summary>
public enum MailEnd
{
    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Nobody wants it any more, or it had nothing to tell.</summary>
    Dropped,

    /// <summary>The server would not take it while it was worth sending.</summary>
    GivenUp,
}

/// <summary>A mail that is to be sent, stored together with what it tells. Its text is written when its turn comes.</summary>
public sealed class OutgoingMail
{
    public long Id { get; set; }

    /// <summary>Which <see cref="IMailWriter"/> writes it.</summary>
    public required string Kind { get; set; }

    public required string Authority { get; set; }

    /// <summary>What it tells of, in its kind's own terms: a report's number, a person.</summary>
    public required string About { get; set; }

    public required string Recipient { get; set; }
    public DateTimeOffset QueuedAt { get; set; }

    /// <summary>When it is tried next, UTC. While a portal is at it: when its claim ends, and any portal may try.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>From then on it is not worth sending, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>The claim of the portal that is at it.</summary>
    public string? Claim { get; set; }

    /// <summary>Why the last attempt failed: the kind of trouble, never an address or a content.</summary>
    public string? Problem { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
    public MailEnd? End { get; set; }
}

/// <summary>The table of mail that is to be sent.</summary>
internal sealed class OutgoingMailModel : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("OutgoingMails");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.End).HasConversion<MailEndConverter>();
        builder.HasIndex(m => m.DueAt);
        builder.HasIndex(m => new { m.Authority, m.Kind, m.About });
    }
}

/// <summary>
/// Keeps how a mail ended as its name; one that is not known was written by a newer version or from outside. A type by its own name, so
/// that the compiled models can name it.
/// </summary>
internal sealed class MailEndConverter()
    : ValueConverter<MailEnd, string>(end => end.ToString(), text => StoredName.Of<MailEnd>(text) ?? MailEnd.GivenUp);
