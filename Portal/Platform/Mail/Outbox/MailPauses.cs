namespace Portal.Platform.Mail.Outbox;

/// <summary>How long a mail waits after it failed: a minute at first, half a day at last. Pure.</summary>
public static class MailPauses
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(
        15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12)];

    /// <summary>The pause after so many attempts.</summary>
    public static TimeSpan After(int attempts) => Pauses[Math.Clamp(attempts - 1, 0, Pauses.Length - 1)];
}
