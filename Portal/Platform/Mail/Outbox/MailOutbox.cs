using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;
using Portal.Platform.Storage;

namespace Portal.Platform.Mail.Outbox;

/// <summary>
/// Sends stored mail. A portal claims a mail for ten minutes before it writes and sends it, so that two portals do not send the same mail;
/// a mail counts as sent only when the mail server has accepted it. After a failure it waits, longer each time; when the portal that holds
/// the claim dies, until the claim ends. When that portal died after the server had accepted the mail, the mail is sent again with the same
/// Message-Id, by which the recipient's server can recognise it.
/// </summary>
public sealed partial class MailOutbox(IDbContextFactory<PortalDbContext> contexts, IEnumerable<IMailWriter> writers, IMailer mailer,
    WriteGate gate, TimeProvider time, ILogger<MailOutbox> log)
{
    private const int MostAtOnce = 200;

    /// <summary>
    /// How long a claim holds. Longer than <see cref="ClaimTimeout"/>, so that one portal has given up a mail before another begins.
    /// </summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ClaimTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private readonly Dictionary<string, IMailWriter> _writers = writers.ToDictionary(w => w.Kind, StringComparer.Ordinal);

    /// <summary>A mail to be saved in the same transaction as what it reports.</summary>
    /// <param name="now">When it is queued, UTC; it is due at once.</param>
    /// <param name="expires">When it is no longer worth sending, UTC.</param>
    public static OutgoingMail New(
        string kind, string authority, string about, string recipient, DateTimeOffset now, DateTimeOffset expires) =>
        new() { Kind = kind, Authority = authority, About = about, Recipient = recipient, QueuedAt = now, DueAt = now,
            ExpiresAt = expires };

    /// <summary>Sends the mails that are due, at most 200. Returns how many the server accepted.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        if (!mailer.IsConfigured) return 0;
        var (now, kinds) = (time.GetUtcNow(), _writers.Keys.ToArray());
        List<OutgoingMail> due;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            due = await db.OutgoingMails.AsNoTracking().Where(m => m.EndedAt == null && m.DueAt <= now && kinds.Contains(m.Kind))
                .OrderBy(m => m.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        }

        var sent = 0;
        foreach (var mail in due)
        {
            if (await ClaimAsync(mail, cancellationToken) is { } claim && await TrySendAsync(mail, claim, cancellationToken)) sent++;
        }

        await ForgetAsync(now - Kept, cancellationToken);
        return sent;
    }

    // Null when another portal claimed it first.
    private async Task<string?> ClaimAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var (claim, until) = (Guid.NewGuid().ToString("N"), time.GetUtcNow() + Lease);
        var taken =
            await ChangeAsync(all => all.Where(m => m.Id == mail.Id && m.EndedAt == null && m.DueAt == mail.DueAt && m.Claim == mail.Claim)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.Claim, claim).SetProperty(x => x.DueAt, until)
                    .SetProperty(x => x.Attempts, x => x.Attempts + 1), cancellationToken), cancellationToken);
        return taken == 1 ? claim : null;
    }

    private async Task<bool> TrySendAsync(OutgoingMail mail, string claim, CancellationToken cancellationToken)
    {
        if (mail.ExpiresAt <= time.GetUtcNow())
        {
            await EndAsync(mail, claim, MailEnd.GivenUp);
            return false;
        }

        using var timeout = new CancellationTokenSource(ClaimTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (await _writers[mail.Kind].WriteAsync(mail, limit.Token) is not { } message)
            {
                await EndAsync(mail, claim, MailEnd.Dropped);
                return false;
            }

            await mailer.SendAsync(message with { Id = FormattableString.Invariant($"{mail.Id}.{mail.QueuedAt.UtcTicks}") }, limit.Token);
        }
        catch (Exception error)
            when (error is MailNotSentException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await PostponeAsync(mail, claim, error is MailNotSentException ? error.Message : "The mail server was too slow.");
            return false;
        }
        catch (Exception error) when (IsolatedWork.IsOnesOwn(error, cancellationToken))
        {
            // A mail that cannot be written does not block others; it is retried until it expires, like one that the server rejects.
            LogFailed(log, mail.Kind, error.GetType().Name, error.StackTrace);
            await PostponeAsync(mail, claim, $"The mail could not be written ({error.GetType().Name}).");
            return false;
        }

        await EndAsync(mail, claim, MailEnd.Sent);
        return true;
    }

    // Not cancelled when the program stops: a mail that was sent must not look unsent.
    private Task<int> EndAsync(OutgoingMail mail, string claim, MailEnd end)
    {
        DateTimeOffset? now = time.GetUtcNow();
        MailEnd? how = end;
        return ChangeAsync(all => all.Where(m => m.Id == mail.Id && m.Claim == claim)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.EndedAt, now).SetProperty(x => x.End, how)
                .SetProperty(x => x.Claim, (string?)null), CancellationToken.None), CancellationToken.None);
    }

    private Task<int> PostponeAsync(OutgoingMail mail, string claim, string why)
    {
        LogNotSent(log, mail.Kind, why);
        var due = time.GetUtcNow() + MailPauses.After(mail.Attempts + 1);
        return ChangeAsync(all => all.Where(m => m.Id == mail.Id && m.Claim == claim)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, due).SetProperty(x => x.Problem, why)
                .SetProperty(x => x.Claim, (string?)null), CancellationToken.None), CancellationToken.None);
    }

    // Addresses are personal data: they are deleted when nobody is expected to ask about the mail any more.
    private async Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.OutgoingMails.AnyAsync(m => m.EndedAt < before, cancellationToken)) return;
        await ChangeAsync(all => all.Where(m => m.EndedAt < before).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    private async Task<int> ChangeAsync(Func<IQueryable<OutgoingMail>, Task<int>> change, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await change(db.OutgoingMails);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail ({Kind}) could not be written: {Problem}\n{Place}")]
    private static partial void LogFailed(ILogger logger, string kind, string problem, string? place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail ({Kind}) was not sent and is tried again: {Why}")]
    private static partial void LogNotSent(ILogger logger, string kind, string why);
}
