using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;
using Portal.Platform.Storage;

namespace Portal.Platform.Mail.Outbox;

/// <summary>
/// Sends what is stored to be sent. A portal claims a mail for a while before it writes and sends it, so that two portals never send the
/// same; a mail counts as sent only when the server took it. After a failure it waits, longer each time; after a portal that died with it
/// in hand, until the claim ends. Should that portal have died between the server's yes and its own mark, the mail goes out again under the
/// same Message-Id, by which the recipient's server knows it.
/// </summary>
public sealed partial class MailOutbox(IDbContextFactory<PortalDbContext> contexts, IEnumerable<IMailWriter> writers, IMailer mailer,
    WriteGate gate, TimeProvider time, ILogger<MailOutbox> log)
{
    private const int MostAtOnce = 200;

    /// <summary>
    /// How long a claim holds. Longer than <see cref="ClaimTimeout"/>, so that whoever is at a mail has given up before another begins.
    /// </summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ClaimTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private readonly Dictionary<string, IMailWriter> _writers = writers.ToDictionary(w => w.Kind, StringComparer.Ordinal);

    /// <summary>A mail to be saved together with what it tells.</summary>
    /// <param name="now">When it is queued; it is due at once.</param>
    /// <param name="expires">When it is not worth sending any more.</param>
    public static OutgoingMail New(
        string kind, string authority, string about, string recipient, DateTimeOffset now, DateTimeOffset expires) =>
        new() { Kind = kind, Authority = authority, About = about, Recipient = recipient, QueuedAt = now, DueAt = now,
            ExpiresAt = expires };

    /// <summary>Sends what is due; gives how many the server took.</summary>
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

    // Null when another portal was first.
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
            // A mail that cannot be written blocks no other; in the end it is given up like one that the server would not take.
            LogFailed(log, mail.Kind, error.GetType().Name, error.StackTrace);
            await PostponeAsync(mail, claim, $"The mail could not be written ({error.GetType().Name}).");
            return false;
        }

        await EndAsync(mail, claim, MailEnd.Sent);
        return true;
    }

    // What happened is marked even while the program stops: a mail that is out must not look as if it were not.
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

    // Addresses are kept no longer than someone may ask whether the mail was sent.
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
