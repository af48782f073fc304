using Microsoft.Extensions.Configuration;

namespace Portal.Ingestion.Settings;

/// <summary>How long each kind of data is kept (<c>Retention:*</c>, DOMAIN §4 "Keeping and deleting").</summary>
public sealed record RetentionSettings
{
    /// <summary>
    /// <c>Retention:EvidenceYears</c>: the statuses of a letter, counted from the last one's receipt, so that a letter's statuses are kept
    /// or erased as a whole.
    /// </summary>
    public int EvidenceYears { get; init; } = 5;

    /// <summary><c>Retention:OtherMessageDays</c>: every message that belongs to no letter, counted from its receipt.</summary>
    public int OtherMessageDays { get; init; } = 90;

    /// <summary><c>Retention:QuarantineDays</c>: deliveries that could not be read, counted from their receipt.</summary>
    public int QuarantineDays { get; init; } = 180;

    /// <summary><c>Retention:AccessLogYears</c>: who saw which personal data.</summary>
    public int AccessLogYears { get; init; } = 2;

    /// <summary>The validated settings.</summary>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    public static RetentionSettings Read(IConfiguration configuration) => new()
    {
        EvidenceYears = ConfigurationValues.ReadInt(configuration, "Retention:EvidenceYears", 5, 1, 100),
        OtherMessageDays = ConfigurationValues.ReadInt(configuration, "Retention:OtherMessageDays", 90, 1, 36_500),
        QuarantineDays = ConfigurationValues.ReadInt(configuration, "Retention:QuarantineDays", 180, 1, 36_500),
        AccessLogYears = ConfigurationValues.ReadInt(configuration, "Retention:AccessLogYears", 2, 1, 100),
    };

    /// <summary>UTC. Letters whose last status was received before this are to be erased.</summary>
    public DateTimeOffset EvidenceBefore(DateTimeOffset now) => now.ToUniversalTime().AddYears(-EvidenceYears);

    /// <summary>UTC. Other messages received before this are to be erased.</summary>
    public DateTimeOffset OtherBefore(DateTimeOffset now) => now.ToUniversalTime().AddDays(-OtherMessageDays);

    /// <summary>UTC. Quarantined deliveries received before this are to be deleted.</summary>
    public DateTimeOffset QuarantineBefore(DateTimeOffset now) => now.ToUniversalTime().AddDays(-QuarantineDays);

    /// <summary>UTC. Entries of the access log before this are to be deleted.</summary>
    public DateTimeOffset AccessLogBefore(DateTimeOffset now) => now.ToUniversalTime().AddYears(-AccessLogYears);
}
