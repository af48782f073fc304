using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>A transport or a message type that has fallen silent.</summary>
/// <param name="Transport">The transport; null for a message type.</param>
/// <param name="Beskedtype">Name of the message type; null for a transport.</param>
public sealed record SilenceWarning(string? Transport, string? Beskedtype, SilenceFinding Finding);

/// <summary>Checks all transports and message types for unusual silence. The result is cached for 30 s for all pages.</summary>
internal sealed class SilenceReader(IDbContextFactory<IngestionDbContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Compared = TimeSpan.FromDays(35);
    private static readonly long EpochHours = VolumeTally.BucketOf(DateTimeOffset.UnixEpoch, VolumeTally.Hour);
    private static readonly string[] Transports = ["amqp", "folder", "push"];
    private (DateTimeOffset At, IReadOnlyList<SilenceWarning> Warnings)? _last;

    /// <summary>The warnings, transports first.</summary>
    public async Task<IReadOnlyList<SilenceWarning>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_last is { } last && now - last.At < Fresh && now >= last.At) return last.Warnings;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = VolumeTally.BucketOf(now - Compared, VolumeTally.Hour);
        var volumes = from volume in db.Volumes.AsNoTracking()
                      join kind in db.MessageKinds on volume.Kind equals kind.Id
                      where volume.Span == VolumeTally.Hour && volume.Bucket >= oldest
                      select new { kind.Transport, kind.Beskedtype, Hour = volume.Bucket - EpochHours, volume.Count };
        var byTransport = await volumes.Where(v => Transports.Contains(v.Transport))
            .GroupBy(v => new { Key = v.Transport, v.Hour }).Select(g => new { g.Key.Key, g.Key.Hour, Messages = g.Sum(v => v.Count) })
            .ToListAsync(cancellationToken);
        var byType = await volumes
            .GroupBy(v => new { Key = v.Beskedtype, v.Hour }).Select(g => new { g.Key.Key, g.Key.Hour, Messages = g.Sum(v => v.Count) })
            .ToListAsync(cancellationToken);
        var names = await db.Beskedtyper.AsNoTracking().ToDictionaryAsync(t => t.Beskedtype, t => t.Name, cancellationToken);

        // A silent type is reported only by its own usual volume; closed transports are reported as such.
        List<SilenceWarning> warnings =
        [
            .. from part in byTransport.GroupBy(v => v.Key)
               let finding = SilenceDetector.Judge(part.ToDictionary(v => v.Hour, v => v.Messages), now)
               where finding is not null
               orderby part.Key
               select new SilenceWarning(part.Key, null, finding),
            .. from part in byType.GroupBy(v => v.Key)
               let finding = SilenceDetector.Judge(part.ToDictionary(v => v.Hour, v => v.Messages), now)
               where finding is not null
               orderby finding.Usual descending, part.Key
               select new SilenceWarning(null, names.GetValueOrDefault(part.Key, part.Key), finding),
        ];
        _last = (now, warnings);
        return warnings;
    }
}
