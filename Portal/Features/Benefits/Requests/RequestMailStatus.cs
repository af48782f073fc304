using Portal.Platform.Mail.Outbox;

namespace Portal.Features.Benefits.Requests;

/// <summary>What became of the mail of a request for a number.</summary>
public enum RequestMailState
{
    /// <summary>It waits for its first attempt.</summary>
    Queued,

    /// <summary>An attempt failed; it is tried again.</summary>
    Retried,

    /// <summary>The mail server accepted it.</summary>
    Sent,

    /// <summary>It could not be sent before it expired.</summary>
    GivenUp,

    /// <summary>The request was withdrawn, or the number came, before it was sent.</summary>
    Dropped,
}

/// <summary>The state of a request's mail.</summary>
/// <param name="To">The address.</param>
/// <param name="At">When it ended, or is tried next; UTC.</param>
public sealed record RequestMailStatus(RequestMailState State, string To, DateTimeOffset At)
{
    internal static RequestMailStatus Of(OutgoingMail mail) => new(
        mail.End switch
        {
            MailEnd.Sent => RequestMailState.Sent,
            MailEnd.Dropped => RequestMailState.Dropped,
            MailEnd.GivenUp => RequestMailState.GivenUp,
            _ => mail.Problem is null ? RequestMailState.Queued : RequestMailState.Retried,
        },
        mail.Recipient, mail.EndedAt ?? mail.DueAt);
}
