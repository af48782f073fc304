using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Meanings;

/// <summary>What the portal knows of actions, senders and carriers before anyone edits it.</summary>
internal static class ShippedMeanings
{
    private const string TwoReceivers = "To modtageres offentlige kode er enige";

    /// <summary>Action → meaning, of the known actions about letters; the one whose event codes decide is not among them.</summary>
    public static FrozenDictionary<string, StatusKind> Actions { get; } = new Dictionary<string, StatusKind>
    {
        [KnownHandlinger.Klar] = StatusKind.ProgressNeutral,
        [KnownHandlinger.ModtagetDigitalPost] = StatusKind.ProgressDigital,

        // Afsendt says that the sending system has made the letter at the print supplier: nothing is posted yet.
        [KnownHandlinger.Afsendt] = StatusKind.ProgressPhysical,
        [KnownHandlinger.ModtagetFjernprint] = StatusKind.ProgressPhysical,
        [KnownHandlinger.AfleveretTilPrint] = StatusKind.ProgressPhysical,
        [KnownHandlinger.AfleveretDigitalPost] = StatusKind.Delivered,
        [KnownHandlinger.ModtagetPostDanmark] = StatusKind.Posted,
        [KnownHandlinger.Fejlet] = StatusKind.Failed,
        [KnownHandlinger.Tilbagekaldt] = StatusKind.Recalled,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The senders whose UUIDs are known.</summary>
    public static IReadOnlyList<(string Uuid, string Name)> Senders { get; } =
    [
        (KnownPostStatusIds.Responsible, "Digital Post"), ("afd21f3d-11c7-4f51-b2a6-f31d6480a9fb", "Strålfors"),
        ("ae5b9a93-c923-40d7-a41a-1eec18374e27", "Edora"), ("6b12182a-4268-4130-bd3e-159f8862c0a1", "KMD Charlie Tango"),
    ];

    /// <summary>The shipped meaning of an action.</summary>
    public static StatusKind ActionOf(string action) => Actions.GetValueOrDefault(action);

    /// <summary>
    /// Adds the rows that are missing; an edited row stays as it is. Carriers come only with the first senders, since they may be removed.
    /// </summary>
    public static async Task AddAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var meanings = await db.StatusMeanings.Select(m => m.Key).ToListAsync(cancellationToken);
        db.StatusMeanings.AddRange(Actions.Where(a => !meanings.Contains(a.Key)).Select(a => new StoredMeaning
        {
            Kind = StoredMeaning.Action, Key = a.Key, Name = KnownHandlinger.Names[a.Key], Meaning = MeaningNames.Of(a.Value),
            Source = "Offentlig kode og dokumentation hos afsendere og modtagere", Version = 1,
        }));
        var senders = await db.Senders.Select(s => s.Uuid).ToListAsync(cancellationToken);
        db.Senders.AddRange(Senders.Where(s => !senders.Contains(s.Uuid)).Select(s => new StoredSender
        {
            Uuid = s.Uuid, Name = s.Name, Source = TwoReceivers, Version = 1,
        }));
        if (senders.Count == 0)
        {
            db.Carriers.Add(new StoredCarrier
            {
                To = new DateOnly(2025, 12, 30), Name = "PostNord", Version = 1,
                Source = "PostNord har ikke omdelt breve i Danmark siden 30. december 2025",
            });
            db.Carriers.Add(new StoredCarrier
            {
                From = new DateOnly(2026, 1, 1), Name = "dao", Version = 1,
                Source = "dao omdeler almindelige breve i Danmark fra 1. januar 2026",
            });
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
