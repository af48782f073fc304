using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Meanings;

/// <summary>Reads the tables with the volumes that a viewer may count: from the hourly counts of kinds, so no message is read.</summary>
internal static class MeaningTablesReader
{
    /// <summary>The source of a configured event code.</summary>
    public const string Configured = "appsettings: Evidence:PostEventCodes";

    // A sender may invent codes without limit.
    private const int MostUnmapped = 100;
    private const int MostChanges = 200;
    private static readonly TimeSpan Counted = TimeSpan.FromDays(30);

    public static async Task<MeaningTables> ReadAsync(
        IngestionDbContext db, MessageKindCache kindCache, PortalSettings settings, Viewer viewer, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var meanings = await db.StatusMeanings.AsNoTracking().ToListAsync(cancellationToken);
        var senders = await db.Senders.AsNoTracking().ToListAsync(cancellationToken);
        var carriers = await db.Carriers.AsNoTracking().ToListAsync(cancellationToken);
        var changes = await db.MeaningChanges.AsNoTracking().OrderByDescending(c => c.Id).Take(MostChanges).ToListAsync(cancellationToken);
        var seen = await SeenAsync(db, kindCache, viewer, now, cancellationToken);
        return new MeaningTables(
            [.. Actions(meanings, seen), .. Codes(meanings, settings, seen)],
            [
                .. senders.OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Uuid, StringComparer.Ordinal).Select(
                    s => new SenderRow(s.Uuid, s.Name, s.Source, s.Confirmed, seen.Senders.GetValueOrDefault(s.Uuid), s.Version)),
            ],
            [
                .. carriers.OrderBy(c => c.Sender, StringComparer.Ordinal).ThenBy(c => c.From ?? DateOnly.MinValue).ThenBy(c => c.Id)
                    .Select(c => new CarrierRow(c.Id, c.Sender, c.From, c.To, c.Name, c.Source, c.Version)),
            ],
            [.. changes.Select(c => new MeaningChange(c.Id, c.At, c.ByName, c.What, c.Before, c.After, c.Why))]);
    }

    private static IEnumerable<MeaningRow> Actions(List<StoredMeaning> meanings, Seen seen) =>
        KnownHandlinger.Names.Where(a => KnownHandlinger.TellsOfPost(a.Key)).Select(action =>
        {
            var row = meanings.Find(m => m.Kind == StoredMeaning.Action && m.Key == action.Key);
            var own = ShippedMeanings.Actions.ContainsKey(action.Key);
            return new MeaningRow(
                StoredMeaning.Action, action.Key, action.Value,
                row?.Meaning ?? (own ? MeaningNames.Of(ShippedMeanings.ActionOf(action.Key)) : MeaningNames.Events), row?.Source ?? "",
                row?.Confirmed ?? false, seen.Actions.GetValueOrDefault(action.Key), row?.Version ?? 0, own, true);
        });

    private static IEnumerable<MeaningRow> Codes(List<StoredMeaning> meanings, PortalSettings settings, Seen seen)
    {
        var configured = settings.PostEventCodes.Select(c => new MeaningRow(
            StoredMeaning.EventCode, c.Key, c.Key, c.Value, Configured, false, seen.Codes.GetValueOrDefault(EffectiveMeanings.KeyOf(c.Key)),
            0, false, true)).ToList();
        var keys = configured.Select(c => EffectiveMeanings.KeyOf(c.Key)).ToHashSet(StringComparer.Ordinal);
        var stored = meanings.Where(m => m.Kind == StoredMeaning.EventCode && !keys.Contains(m.Key)).Select(m => new MeaningRow(
            StoredMeaning.EventCode, m.Key, m.Name, m.Meaning, m.Source, m.Confirmed, seen.Codes.GetValueOrDefault(m.Key), m.Version, true,
            true)).ToList();
        keys.UnionWith(stored.Select(s => s.Key));
        return
        [
            .. configured.Concat(stored).OrderBy(r => r.Key.Length).ThenBy(r => r.Key, StringComparer.Ordinal),
            .. seen.Codes.Where(c => !keys.Contains(c.Key)).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)
                .Take(MostUnmapped).Select(c => new MeaningRow(
                    StoredMeaning.EventCode, c.Key, CprNumber.MaskIn(c.Key), MeaningNames.Unknown, "", false, c.Value, 0, true, false)),
        ];
    }

    private static async Task<Seen> SeenAsync(
        IngestionDbContext db, MessageKindCache kindCache, Viewer viewer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var ids = kinds.OfAuthorities(viewer, ViewerRights.Catalogue, k => k.IsPostStatus).Ids;
        var from = VolumeTally.BucketOf(now - Counted, VolumeTally.Hour);
        var counts = await db.Volumes.Where(v => v.Span == VolumeTally.Hour && v.Bucket >= from && EF.Parameter(ids).Contains(v.Kind))
            .GroupBy(v => v.Kind).Select(g => new { g.Key, Count = g.Sum(v => v.Count) })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var seen = new Seen([], [], []);
        foreach (var id in ids)
        {
            var (kind, count) = (kinds[id], counts.GetValueOrDefault(id));
            var action = KnownHandlinger.Of(kind.Action, kind.StatusText);
            if (action is not null) Add(seen.Actions, action);
            if (Identifier.Normalise(kind.ResponsibleAuthority) is { } sender) Add(seen.Senders, sender);

            // Beside another action a code decides nothing.
            if (!ReportedStatuses.CountsEvents(action)) continue;
            foreach (var code in ReportedStatuses.SplitCodes(kind.EventCodes).Select(EffectiveMeanings.KeyOf).Distinct())
                Add(seen.Codes, code);

            void Add(Dictionary<string, long> to, string key) => to[key] = to.GetValueOrDefault(key) + count;
        }

        return seen;
    }

    private sealed record Seen(Dictionary<string, long> Actions, Dictionary<string, long> Codes, Dictionary<string, long> Senders);
}
