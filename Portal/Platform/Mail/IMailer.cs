namespace Portal.Platform.Mail;

/// <summary>A mail of plain text. Never holds a citizen's name, a CPR number or the content of a message.</summary>
/// <param name="To">The address of the recipient.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The body; links are absolute URLs.</param>
public sealed record MailMessage(string To, string Subject, string Text)
{
    /// <summary>Attached files.</summary>
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>Local part of the Message-Id, the same when the mail is sent again; null for a random Message-Id.</summary>
    public string? Id { get; init; }
}

/// <summary>A file of a mail.</summary>
/// <param name="MediaType">Such as <c>application/pdf</c>.</param>
public sealed record MailAttachment(string Name, string MediaType, byte[] Content);

/// <summary>Sends mail when <c>Smtp:*</c> is configured.</summary>
public interface IMailer
{
    /// <summary>False without <c>Smtp:Host</c>: then nothing can be sent, and the pages do not offer mail.</summary>
    bool IsConfigured { get; }

    /// <summary>Sends the mail to the configured server.</summary>
    /// <exception cref="InvalidOperationException">Mail is not configured.</exception>
    /// <exception cref="MailNotSentException">The server could not be reached, or refused the mail.</exception>
    Task SendAsync(MailMessage message, CancellationToken cancellationToken);
}

/// <summary>
/// The server did not accept the mail. The exception's message names the kind of error, never an address or the mail's content.
/// </summary>
public sealed class MailNotSentException(string message, Exception inner) : Exception(message, inner);
