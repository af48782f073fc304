using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Storage;

namespace Portal.Features.Benefits.Keeping;

/// <summary>Stores benefits in the database.</summary>
internal sealed class BenefitStore(
    IDbContextFactory<PortalDbContext> contexts, IChainStore chains, WriteGate gate, LogSignal signal, TimeProvider time,
    IMeasuredBoxes? boxes = null, ILogger<BenefitStore>? logger = null) : IBenefitStore
{
    /// <summary>The most measurements in one call.</summary>
    public const int MaxMeasurements = 1_000;

    private const int MostTries = 5;
    private readonly BenefitInputs _inputs = new(contexts, time);

    public async Task<BenefitRecords?> ReadAsync(Viewer viewer, string chainId, CancellationToken cancellationToken)
    {
        if (await chains.FindAsync(viewer, chainId, cancellationToken) is not { } chain
            || await chains.ReadAsync(viewer, chainId, cancellationToken) is not { } document)
        {
            return null;
        }
        return (await RecordsAsync([(chain.Masked(), ChainMask.Of(document))], cancellationToken))[0];
    }

    public async Task<IReadOnlyList<BenefitRecords>> ReadManyAsync(
        Viewer viewer, IReadOnlyList<ChainSummary> some, CancellationToken cancellationToken)
    {
        if (some.Count == 0) return [];
        var documents = await chains.ReadManyAsync(viewer, [.. some.Select(c => c.Id)], cancellationToken);
        return await RecordsAsync([.. some.Where(c => documents.ContainsKey(c.Id))
            .Select(c => (c.Masked(), ChainMask.Of(documents[c.Id].Document)))], cancellationToken);
    }

    public async Task<IReadOnlyList<Measurement>?> MeasurementsAsync(
        Viewer viewer, string chainId, string? elementId, (DateTimeOffset At, long Id)? after, int limit,
        CancellationToken cancellationToken)
    {
        if (await chains.ReadAsync(viewer, chainId, cancellationToken) is not { } document) return null;

        // Measurements of boxes that the viewer cannot see now are left out.
        string[] boxes = [.. document.Present.Select(b => b.Id).Where(id => elementId is null || id == elementId)];
        return await StorageAccess.TryAsync<IReadOnlyList<Measurement>>(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = db.Set<StoredMeasurement>().AsNoTracking().Where(m => m.ChainId == chainId && boxes.Contains(m.ElementId));
            if (after is { At: var at, Id: var id }) rows = rows.Where(m => m.At < at || (m.At == at && m.Id < id));
            return [.. (await rows.OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(limit).ToListAsync(cancellationToken))
                .Select(Of)];
        });
    }

    public Task<BenefitOutcome> SaveIndicatorAsync(Viewer viewer, string chainId, string elementId, IndicatorDefinition definition,
        string? reason, CancellationToken cancellationToken) =>
        DescribeAsync(viewer, chainId, elementId, definition, reason, null, cancellationToken);

    public Task<BenefitOutcome> SaveIndicatorAsync(
        Viewer viewer, string chainId, string elementId, IndicatorDefinition definition, string? reason, int basedOn,
        CancellationToken cancellationToken) =>
        DescribeAsync(viewer, chainId, elementId, definition, reason, basedOn, cancellationToken);

    // The indicators are read and the change is checked outside the write gate. Inside it the row is added only if no other was added
    // meanwhile; otherwise everything is read and checked again.
    private async Task<BenefitOutcome> DescribeAsync(
        Viewer viewer, string chainId, string elementId, IndicatorDefinition definition, string? reason, int? basedOn,
        CancellationToken cancellationToken)
    {
        if (await EditableAsync(viewer, chainId, cancellationToken) is not { } document || document.Find(elementId) is not { } box)
            return BenefitOutcome.Missing;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (versions, rows) = await StorageAccess.TryAsync(() => PresentAsync(chainId, cancellationToken));
            var history = versions.GetValueOrDefault(elementId) ?? [];
            var before = history.Count == 0 ? null : history[^1];

            // The owner that the workshop named stays until a later version names another, or none. What the rules refuse is not taken
            // over.
            if (before is null && definition.Owner is null && box.Owner is { } named && !CprNumber.IsIn(named))
                definition = definition with { Owner = named };
            if (before?.Definition == definition) return BenefitOutcome.Done;
            if (basedOn is { } seen && before is not null && before.Version != seen)
                return new BenefitOutcome(true, []) { Meanwhile = before };
            var change = new IndicatorChange(elementId, definition, history, reason);
            var others = versions.Where(v => v.Key != elementId && document.IsPresent(v.Key))
                .ToDictionary(v => v.Key, v => v.Value[^1].Definition);
            var now = time.GetUtcNow();
            var today = DanishTime.DateOf(now);
            var facts = await StorageAccess.TryAsync(() => _inputs.ReadAsync(chainId, cancellationToken));
            var book = new InputBook(document, facts);
            if (IndicatorRules.Check(change, others, book, today) is { Count: > 0 } problems) return new BenefitOutcome(true, problems);
            var row = new StoredIndicator
            {
                ChainId = chainId, ElementId = elementId, Version = (before?.Version ?? 0) + 1, Json = BenefitJson.Write(definition),
                At = now, By = viewer.Name,
                Reason = before is null || BaselineLock.Changes(before.Definition, definition).Count == 0 ? null : NoteRules.Clean(reason),
            };
            var agreed = BenefitInputs.ToAgree(definition, book, chainId, now, viewer.Name);
            if (!await AddAsync(row, agreed, rows, cancellationToken)) continue;
            await FollowAsync(b => b.UpdateBoxesAsync(viewer, chainId, cancellationToken));
            return BenefitOutcome.Done;
        }

        throw new StorageUnavailableException(
            "Kædens målinger ændres uafbrudt lige nu.", new InvalidOperationException("The chain's indicators changed at every try."));
    }

    // The benefit is saved whatever happens here; the boxes follow at the next save.
    private async Task FollowAsync(Func<IMeasuredBoxes, Task> follow)
    {
        if (boxes is null) return;
        try
        {
            await follow(boxes);
        }
        catch (StorageUnavailableException problem)
        {
            logger?.LogWarning(problem, "The boxes of a chain could not be set to what its benefits say; they follow at the next save");
        }
    }

    private async Task<(Dictionary<string, IReadOnlyList<IndicatorVersion>> Versions, int Rows)> PresentAsync(
        string chainId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<StoredIndicator>().AsNoTracking().Where(i => i.ChainId == chainId).OrderBy(i => i.Version)
            .ToListAsync(cancellationToken);
        return (ByBox(rows), rows.Count);
    }

    // Versions are only ever added, so their count tells whether any were added since. False when some were.
    private async Task<bool> AddAsync(
        StoredIndicator row, IReadOnlyList<StoredInput> agreed, int rowsSeen, CancellationToken cancellationToken)
    {
        var added = false;
        await WriteAsync(async db =>
        {
            if (await db.Set<StoredIndicator>().CountAsync(i => i.ChainId == row.ChainId, cancellationToken) != rowsSeen)
                return new BenefitOutcome(false, []);
            db.Add(row);
            foreach (var input in agreed)
            {
                if (!await db.Set<StoredInput>().AnyAsync(
                    i => i.ChainId == input.ChainId && i.ElementId == input.ElementId && i.Part == input.Part, cancellationToken))
                {
                    db.Add(input);
                }
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Another node may have added the same version after the count; otherwise it is an error of the database.
                await using var other = await contexts.CreateDbContextAsync(cancellationToken);
                if (await other.Set<StoredIndicator>().CountAsync(i => i.ChainId == row.ChainId, cancellationToken) == rowsSeen) throw;
                return new BenefitOutcome(false, []);
            }

            added = true;
            return BenefitOutcome.Done;
        }, cancellationToken);
        return added;
    }

    public async Task<BenefitOutcome> SaveInputAsync(Viewer viewer, string chainId, NewInput input, CancellationToken cancellationToken)
    {
        if (await EditableAsync(viewer, chainId, cancellationToken) is not { } document
            || InputKey.IsOfChain(input.Key.Part) != (input.Key.ElementId.Length == 0)
            || (input.Key.ElementId.Length > 0 && document.Find(input.Key.ElementId) is null))
        {
            return BenefitOutcome.Missing;
        }

        var (indicators, _) = await StorageAccess.TryAsync(() => PresentAsync(chainId, cancellationToken));
        var outcome = await _inputs.SaveAsync(
            chainId, input, document, indicators.Where(i => document.IsPresent(i.Key)).ToDictionary(i => i.Key, i => i.Value), viewer.Name,
            write => WriteAsync(write, cancellationToken), cancellationToken);
        if (outcome.IsDone && document.Find(input.Key.ElementId) is { } box && InputBook.PropertyOf(input, box) is { } field)
        {
            await FollowAsync(b => b.SetValueAsync(
                viewer, chainId, box.Id, field.Property, field.Value, cancellationToken));
        }

        return outcome;
    }

    public async Task<(BenefitOutcome Outcome, IReadOnlyList<Measurement> Saved)> AddMeasurementsAsync(
        Viewer viewer, string chainId, IReadOnlyList<NewMeasurement> measurements, string via, CancellationToken cancellationToken)
    {
        if (await EditableAsync(viewer, chainId, cancellationToken) is not { } document) return (BenefitOutcome.Missing, []);
        var now = time.GetUtcNow();
        var problems = MeasurementRules.Check(measurements, document, now);
        if (problems.Count > 0) return (new BenefitOutcome(true, problems), []);
        var rows = measurements.Select(m => new StoredMeasurement
        {
            ChainId = chainId, ElementId = m.ElementId, At = m.At.ToUniversalTime(), Value = m.Value, Note = NoteRules.Clean(m.Note),
            EnteredAt = now, EnteredBy = viewer.Name, Via = via,
        }).ToList();
        var outcome = await WriteAsync(async db =>
        {
            if (await MeanwhileAsync(db, chainId, measurements, cancellationToken) is { } first)
                return new BenefitOutcome(true, []) { MeanwhileNumber = first };
            db.AddRange(rows);
            await db.SaveChangesAsync(cancellationToken);
            return BenefitOutcome.Done;
        }, cancellationToken);
        return (outcome, outcome.IsDone ? [.. rows.Select(Of)] : []);
    }

    // The first measurement that somebody else entered for the same time since the writer read it, unless value and note are the same.
    private static async Task<Measurement?> MeanwhileAsync(
        PortalDbContext db, string chainId, IReadOnlyList<NewMeasurement> measurements, CancellationToken cancellationToken)
    {
        foreach (var wanted in measurements.Where(m => m.Seen is not null))
        {
            var at = wanted.At.ToUniversalTime();
            var latest = await db.Set<StoredMeasurement>().AsNoTracking().Where(m => m.ChainId == chainId && m.ElementId == wanted.ElementId
                && m.At == at).OrderByDescending(m => m.Id).FirstOrDefaultAsync(cancellationToken);
            if (latest is not null && latest.Id != wanted.Seen
                && (latest.Value, latest.Note) != (wanted.Value, NoteRules.Clean(wanted.Note)))
            {
                return Of(latest);
            }
        }

        return null;
    }

    public Task<BenefitOutcome> AddNoteAsync(
        Viewer viewer, string chainId, NoteKind kind, string elementId, DateOnly day, Occurrence? answer, string text, string? evidence,
        CancellationToken cancellationToken) =>
        NoteAsync(viewer, chainId, new StoredBenefitNote
        {
            ChainId = chainId, Kind = kind.ToString(), ElementId = elementId, Day = day, Answer = answer?.ToString(), Text = text,
            Evidence = evidence, EnteredBy = viewer.Name,
        }, null, null, cancellationToken);

    public Task<BenefitOutcome> AddNoteAsync(
        Viewer viewer, string chainId, NoteKind kind, string elementId, DateOnly day, Occurrence? answer, string text, string? evidence,
        long seen, CancellationToken cancellationToken) =>
        NoteAsync(viewer, chainId, new StoredBenefitNote
        {
            ChainId = chainId, Kind = kind.ToString(), ElementId = elementId, Day = day, Answer = answer?.ToString(), Text = text,
            Evidence = evidence, EnteredBy = viewer.Name,
        }, seen, null, cancellationToken);

    public Task<BenefitOutcome> AskForNumberAsync(
        Viewer viewer, string chainId, NumberRequest request, CancellationToken cancellationToken) =>
        NoteAsync(viewer, chainId, new StoredBenefitNote
        {
            ChainId = chainId, Kind = nameof(NoteKind.NumberRequest), ElementId = request.ElementId, Day = request.Day,
            Text = request.Text, Evidence = request.Whom, EnteredBy = viewer.Name,
        }, request.Seen, request.Mail, cancellationToken);

    private async Task<BenefitOutcome> NoteAsync(
        Viewer viewer, string chainId, StoredBenefitNote note, long? seen, Func<long, OutgoingMail>? mail,
        CancellationToken cancellationToken)
    {
        if (await EditableAsync(viewer, chainId, cancellationToken) is not { } document) return BenefitOutcome.Missing;
        if (note.Kind is not (nameof(NoteKind.Conclusion) or nameof(NoteKind.DecisionAnswer)) && note.ElementId.Length > 0
            && document.Find(note.ElementId) is null)
        {
            return BenefitOutcome.Missing;
        }

        var evidence = note.Evidence;
        (note.Text, note.Evidence) = (NoteRules.Clean(note.Text) ?? "", NoteRules.Clean(evidence));
        if (NoteRules.Check(note.Text, evidence, note.Answer is not null) is { } wrong) return BenefitOutcome.Wrong("Text", wrong);
        return await WriteAsync(async db =>
        {
            if (await MeanwhileAsync(db, note, seen, cancellationToken) is { } first)
                return new BenefitOutcome(true, []) { MeanwhileNote = first };
            note.EnteredAt = time.GetUtcNow();
            db.Add(note);

            // The mail names the note by the id that the database gives it.
            await using var both = mail is null ? null : await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            if (mail is null) return BenefitOutcome.Done;
            db.OutgoingMails.Add(mail(note.Id));
            await db.SaveChangesAsync(cancellationToken);
            await both!.CommitAsync(cancellationToken);
            return BenefitOutcome.Done;
        }, cancellationToken);
    }

    // The newest note of the same kind on the same box, when the writer has not seen it and its content differs.
    private static async Task<BenefitNote?> MeanwhileAsync(
        PortalDbContext db, StoredBenefitNote note, long? seen, CancellationToken cancellationToken)
    {
        if (seen is null) return null;
        var latest = await db.Set<StoredBenefitNote>().AsNoTracking()
            .Where(n => n.ChainId == note.ChainId && n.Kind == note.Kind && n.ElementId == note.ElementId && n.WithdrawnAt == null
                && n.Id > seen)
            .OrderByDescending(n => n.Id).FirstOrDefaultAsync(cancellationToken);
        return latest is null
            || (latest.Answer, latest.Day, latest.Text, latest.Evidence) == (note.Answer, note.Day, note.Text, note.Evidence)
            ? null
            : Of(latest);
    }

    public async Task<BenefitOutcome> WithdrawNoteAsync(Viewer viewer, string chainId, long noteId, CancellationToken cancellationToken)
    {
        if (await EditableAsync(viewer, chainId, cancellationToken) is null) return BenefitOutcome.Missing;
        DateTimeOffset? now = time.GetUtcNow();
        return await WriteAsync(async db =>
        {
            var withdrawn = await db.Set<StoredBenefitNote>().Where(n => n.ChainId == chainId && n.Id == noteId && n.WithdrawnAt == null)
                .ExecuteUpdateAsync(
                    n => n.SetProperty(x => x.WithdrawnAt, now).SetProperty(x => x.WithdrawnBy, viewer.Name), cancellationToken);
            return withdrawn == 1 ? BenefitOutcome.Done : BenefitOutcome.Missing;
        }, cancellationToken);
    }

    private async Task<ChainDocument?> EditableAsync(Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        await chains.FindAsync(viewer, chainId, cancellationToken) is { } chain
        && viewer.At(chain.Authority).MayCall<IBenefitStore>(nameof(SaveIndicatorAsync))
            ? await chains.ReadAsync(viewer, chainId, cancellationToken)
            : null;

    private async Task<BenefitOutcome> WriteAsync(Func<PortalDbContext, Task<BenefitOutcome>> write, CancellationToken cancellationToken)
    {
        return await StorageAccess.TryAsync(async () =>
        {
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var outcome = await write(db);
            if (outcome.IsDone) signal.Raise();
            return outcome;
        });
    }

    private async Task<List<BenefitRecords>> RecordsAsync(
        IReadOnlyList<(ChainSummary Chain, ChainDocument Document)> some, CancellationToken cancellationToken)
    {
        string[] ids = [.. some.Select(s => s.Chain.Id)];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = (await db.Set<StoredIndicator>().AsNoTracking().Where(i => ids.Contains(i.ChainId)).OrderBy(i => i.Version)
            .ToListAsync(cancellationToken)).ToLookup(i => i.ChainId);
        var measurements = (await db.Set<StoredMeasurement>().AsNoTracking().Where(m => ids.Contains(m.ChainId)).OrderBy(m => m.At)
            .ThenBy(m => m.Id).ToListAsync(cancellationToken)).ToLookup(m => m.ChainId);
        var notes = (await db.Set<StoredBenefitNote>().AsNoTracking()
            .Where(n => ids.Contains(n.ChainId) && (n.WithdrawnAt == null || n.Kind == nameof(NoteKind.NumberRequest)))
            .OrderBy(n => n.Id).ToListAsync(cancellationToken)).ToLookup(n => n.ChainId);

        var agreed = (await db.Set<StoredInput>().AsNoTracking().Where(i => ids.Contains(i.ChainId)).OrderBy(i => i.Version)
            .ToListAsync(cancellationToken)).ToLookup(i => i.ChainId);

        // What belongs to a box that the viewer cannot see now (in a zone not revealed yet, or deleted) is left out too.
        return [.. some.Select(s => new BenefitRecords(
            s.Chain, s.Document, ByBox(versions[s.Chain.Id].Where(v => s.Document.IsPresent(v.ElementId))),
            [.. measurements[s.Chain.Id].Where(m => s.Document.IsPresent(m.ElementId)).Select(Of)],
            [.. notes[s.Chain.Id].Where(n => n.WithdrawnAt is null).Select(Of).OfType<BenefitNote>().Where(n =>
                n.Kind is NoteKind.Conclusion or NoteKind.DecisionAnswer || n.ElementId.Length == 0 || s.Document.IsPresent(n.ElementId))])
        {
            Inputs = BenefitInputs.FactsOf(agreed[s.Chain.Id]),
            Requests = [.. notes[s.Chain.Id].Where(n => n.Kind == nameof(NoteKind.NumberRequest) && s.Document.IsPresent(n.ElementId))
                .Select(n => Of(n) is { } note ? new RequestedNumber(note, n.WithdrawnAt, n.WithdrawnBy) : null)
                .OfType<RequestedNumber>()],
        })];
    }

    // New texts with CPR numbers are refused; those that earlier rules accepted are masked here, for all readers. If a version cannot be
    // read, the one before it is current.
    private static Dictionary<string, IReadOnlyList<IndicatorVersion>> ByBox(IEnumerable<StoredIndicator> rows) => rows.Select(VersionOf)
        .OfType<(string Box, IndicatorVersion Version)>().GroupBy(r => r.Box)
        .ToDictionary(g => g.Key, g => (IReadOnlyList<IndicatorVersion>)[.. g.Select(r => r.Version)]);

    private static (string Box, IndicatorVersion Version)? VersionOf(StoredIndicator row) =>
        BenefitJson.Read<IndicatorDefinition>(row.Json) is { } definition
            ? (row.ElementId,
                new IndicatorVersion(row.Version, IndicatorMask.Of(definition), row.At, row.By, CprNumber.MaskInOrNull(row.Reason)))
            : null;

    // A number that cannot be read is a gap, not a zero.
    private static Measurement Of(StoredMeasurement row) => new(
        row.Id, row.ElementId, row.At, StoredNumber.IsUnreadable(row.Value) ? null : row.Value, CprNumber.MaskInOrNull(row.Note),
        row.EnteredAt, row.EnteredBy, row.Via);

    private static BenefitNote? Of(StoredBenefitNote row) => StoredName.Of<NoteKind>(row.Kind) is { } kind
        ? new BenefitNote(
            row.Id, kind, row.ElementId, row.Day, StoredName.Of<Occurrence>(row.Answer), CprNumber.MaskIn(row.Text),
            CprNumber.MaskInOrNull(row.Evidence), row.EnteredAt, row.EnteredBy)
        : null;
}
