using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Mail.Outbox;

/// <summary>How a mail ended.</summary>
public enum MailEnd
{
    /// <summary>The mail server accepted it.</summary>
    Sent,

    /// <summary>The recipient no longer wants it, or there was nothing to report.</summary>
    Dropped,

    /// <summary>It was not sent before it expired.</summary>
    GivenUp,
}

/// <summary>A mail to be sent, stored in the same transaction as what it reports. Its text is written just before it is sent.</summary>
public sealed class OutgoingMail
{
    public long Id { get; set; }

    /// <summary>Which <see cref="IMailWriter"/> writes it.</summary>
    public required string Kind { get; set; }

    public required string Authority { get; set; }

    /// <summary>What it reports, in the terms of its kind: a report's number, a person.</summary>
    public required string About { get; set; }

    public required string Recipient { get; set; }
    public DateTimeOffset QueuedAt { get; set; }

    /// <summary>When it is tried next, UTC. While a portal holds a claim: when the claim ends and any portal may try.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>When it is no longer worth sending, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>A random id of the claim; null while no portal is sending it.</summary>
    public string? Claim { get; set; }

    /// <summary>Why the last attempt failed: the kind of error, never an address or the mail's content.</summary>
    public string? Problem { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
    public MailEnd? End { get; set; }
}

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
/// Stores <see cref="MailEnd"/> by name. An unknown name, written by a newer version or another program, is read as
/// <see cref="MailEnd.GivenUp"/>. A named class, because the compiled models need one.
/// </summary>
internal sealed class MailEndConverter()
    : ValueConverter<MailEnd, string>(end => end.ToString(), text => StoredName.Of<MailEnd>(text) ?? MailEnd.GivenUp);
