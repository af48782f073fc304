namespace Portal.Platform.Mail.Outbox;

/// <summary>Writes the mails of a kind when their turn comes.</summary>
public interface IMailWriter
{
    /// <summary>Names the kind in <see cref="OutgoingMail.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>The mail; null when nobody wants it any more or there is nothing to tell.</summary>
    /// <exception cref="MailNotSentException">It cannot be written now; it is tried again.</exception>
    Task<MailMessage?> WriteAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
