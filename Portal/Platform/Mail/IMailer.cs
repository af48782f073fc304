namespace Portal.Platform.Mail;

/// <summary>A mail of plain text. Never holds a person's name, a CPR number or the content of a message.</summary>
/// <param name="To">The address of the recipient.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The body; links are in full.</param>
public sealed record MailMessage(string To, string Subject, string Text)
{
    /// <summary>Files that go along.</summary>
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>Names the mail in its Message-Id: the same when it is sent again. Null: it gets one of its own.</summary>
    public string? Id { get; init; }
}

/// <summary>A file of a mail.</summary>
/// <param name="MediaType"><c>application/pdf</c> and the like.</param>
public sealed record MailAttachment(string Name, string MediaType, byte[] Content);

/// <summary>Sends mail when <c>Smtp:*</c> is configured.</summary>
public interface IMailer
{
    /// <summary>Without <c>Smtp:Host</c> nothing can be sent, and the pages do not offer it.</summary>
    bool IsConfigured { get; }

    /// <summary>Hands the mail to the server.</summary>
    /// <exception cref="InvalidOperationException">Mail is not configured.</exception>
    /// <exception cref="MailNotSentException">The server could not be reached, or refused the mail.</exception>
    Task SendAsync(MailMessage message, CancellationToken cancellationToken);
}

/// <summary>The mail was not taken by the server. The message names the cause's kind, never an address or a content.</summary>
public sealed class MailNotSentException(string message, Exception inner) : Exception(message, inner);
