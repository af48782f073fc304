using Portal.Ingestion.Settings;

namespace Portal.Platform.Access.Sessions;

/// <summary>How long a session lasts (<c>Auth:Session</c>), open pages included.</summary>
/// <param name="Idle">Without anything done, it ends after this time.</param>
/// <param name="Longest">It ends after this time in any case.</param>
public sealed record SessionLimits(TimeSpan Idle, TimeSpan Longest)
{
    private const int Notes = 20;
    private static readonly TimeSpan RarestNote = TimeSpan.FromMinutes(1);

    /// <summary>How often it is noted at most that a session is in use.</summary>
    public TimeSpan NoteInterval => Idle / Notes < RarestNote ? Idle / Notes : RarestNote;

    /// <summary>The validated settings.</summary>
    /// <exception cref="ConfigurationProblemException">A limit is not a number, or out of range.</exception>
    public static SessionLimits Read(IConfiguration configuration) => new(
        TimeSpan.FromMinutes(ConfigurationValues.ReadInt(configuration, "Auth:Session:IdleMinutes", 60, 1, 1440)),
        TimeSpan.FromHours(ConfigurationValues.ReadInt(configuration, "Auth:Session:MaxHours", 10, 1, 168)));
}
