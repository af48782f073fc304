using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Problems;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Keeping;

/// <summary>
/// Stores the numbers that calculations use: first as the box says when a formula begins to use it, then version by version.
/// </summary>
internal sealed class BenefitInputs(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>The agreed numbers of a chain.</summary>
    public async Task<IReadOnlyDictionary<InputKey, InputFact>> ReadAsync(string chainId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return FactsOf(await db.Set<StoredInput>().AsNoTracking().Where(i => i.ChainId == chainId).OrderBy(i => i.Version)
            .ToListAsync(cancellationToken));
    }

    /// <summary>The facts of rows that are ordered by version.</summary>
    public static IReadOnlyDictionary<InputKey, InputFact> FactsOf(IEnumerable<StoredInput> rows) => rows
        .Select(r => (Row: r, Part: StoredName.Of<InputPart>(r.Part))).Where(r => r.Part is not null)
        .GroupBy(r => new InputKey(r.Row.ElementId, r.Part!.Value))
        .ToDictionary(g => g.Key, g => new InputFact(g.Key, [.. g.Select(r => VersionOf(r.Row))]));

    /// <summary>
    /// The first versions of the numbers that a formula uses and nobody has agreed on: as the boxes say now, from the beginning. All
    /// numbers of a box that is used are agreed together, since its low, likely and high numbers belong together.
    /// </summary>
    public static IReadOnlyList<StoredInput> ToAgree(
        IndicatorDefinition definition, InputBook book, string chainId, DateTimeOffset now, string by) =>
    [
        .. KeysOf(definition, book).Where(k => k.ElementId.Length > 0)
            .SelectMany(k => Enum.GetValues<InputPart>().Where(p => !InputKey.IsOfChain(p)).Select(part => new InputKey(k.ElementId, part)))
            .Where(key => book.Find(key) is null && book.Drawn(key) is not null).Distinct().Select(
            key => new StoredInput
            {
                ChainId = chainId, ElementId = key.ElementId, Part = key.Part.ToString(), Version = 1, Value = book.Drawn(key), Source = "",
                At = now, By = by,
            }),
    ];

    /// <summary>The numbers that an indicator's formula uses.</summary>
    public static IEnumerable<InputKey> KeysOf(IndicatorDefinition definition, InputBook book) =>
        definition.Kind != IndicatorKind.Calculated
            ? []
            : ParsedFormula.Of(definition.Formula).Names.Where(n => n.Part == NamePart.Value).SelectMany(n => book.KeysOf(n.Name));

    /// <summary>Saves a version, unless a rule is broken or somebody else saved one since.</summary>
    /// <param name="indicators">The chain's indicators, by box.</param>
    /// <param name="write">Writes within the gate.</param>
    public async Task<BenefitOutcome> SaveAsync(
        string chainId, NewInput input, ChainDocument document,
        IReadOnlyDictionary<string, IReadOnlyList<IndicatorVersion>> indicators, string by,
        Func<Func<PortalDbContext, Task<BenefitOutcome>>, Task<BenefitOutcome>> write, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var facts = await StorageAccess.TryAsync(() => ReadAsync(chainId, cancellationToken));
        var before = facts.GetValueOrDefault(input.Key);
        if (before is not null && before.Latest.Version != input.BasedOn)
            return new BenefitOutcome(true, []) { MeanwhileInput = before.Latest };
        var book = new InputBook(document, facts);
        var locked = before is not null && InputRules.IsLocked(before, indicators.Values.Select(v => v[^1].Definition), book,
            DanishTime.DateOf(now));
        if (InputRules.Check(input, before, locked, DanishTime.DateOf(now)) is { Count: > 0 } problems)
            return new BenefitOutcome(true, problems);
        var row = new StoredInput
        {
            ChainId = chainId, ElementId = input.Key.ElementId, Part = input.Key.Part.ToString(),
            Version = (before?.Latest.Version ?? 0) + 1, Value = input.Value, From = input.From,
            Source = NoteRules.Clean(input.Source) ?? "", Owner = NoteRules.Clean(input.Owner),
            LockedAt = before?.Latest.LockedAt ?? (input.Lock ? now : null), LockedBy = before?.Latest.LockedBy ?? (input.Lock ? by : null),
            At = now, By = by, Reason = NoteRules.Clean(input.Reason),
        };
        return await write(async db =>
        {
            var newest = await db.Set<StoredInput>().AsNoTracking()
                .Where(i => i.ChainId == chainId && i.ElementId == row.ElementId && i.Part == row.Part)
                .OrderByDescending(i => i.Version).FirstOrDefaultAsync(cancellationToken);
            if (newest is not null && newest.Version >= row.Version)
                return new BenefitOutcome(true, []) { MeanwhileInput = VersionOf(newest) };
            db.Add(row);
            await db.SaveChangesAsync(cancellationToken);
            return BenefitOutcome.Done;
        });
    }

    private static InputVersion VersionOf(StoredInput row) => new(
        row.Version, StoredNumber.IsUnreadable(row.Value) ? null : row.Value, row.From, CprNumber.MaskIn(row.Source),
        CprNumber.MaskInOrNull(row.Owner), row.LockedAt, row.LockedBy, row.At, row.By, CprNumber.MaskInOrNull(row.Reason));
}

/// <summary>The rules of the numbers that calculations use. Pure.</summary>
public static class InputRules
{
    /// <summary>
    /// True when a change asks why: it is locked by hand, or something that is calculated with it has begun, or it was agreed before today.
    /// </summary>
    /// <param name="indicators">The chain's current indicators.</param>
    /// <param name="today">Today's date in Copenhagen.</param>
    public static bool IsLocked(InputFact fact, IEnumerable<IndicatorDefinition> indicators, InputBook book, DateOnly today) =>
        LockOf(fact, indicators, book, today) is not null;

    /// <summary>
    /// Why a number is locked, in words: by hand, or by itself. Locked means the same everywhere: a change asks why. Null for one that can
    /// still be corrected without a word.
    /// </summary>
    /// <param name="indicators">The chain's current indicators.</param>
    /// <param name="today">Today's date in Copenhagen.</param>
    public static ILocalizedText? LockOf(InputFact fact, IEnumerable<IndicatorDefinition> indicators, InputBook book, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (fact.Versions.FirstOrDefault(v => v.LockedAt is not null) is { LockedAt: { } at } by)
            return FigureTexts.Of("InputLockedBy", at, by.LockedBy ?? "");
        if (indicators.Any(i => i.EffectFrom <= today && BenefitInputs.KeysOf(i, book).Contains(fact.Key)))
            return FigureTexts.Of("InputLockedByEffect");
        return DanishTime.DateOf(fact.Versions[0].At) < today ? FigureTexts.Of("InputLockedByDay") : null;
    }

    /// <summary>Returns all broken rules; empty when there are none.</summary>
    /// <param name="before">Null for the first version.</param>
    /// <param name="today">Today's date in Copenhagen.</param>
    public static IReadOnlyList<IndicatorProblem> Check(NewInput input, InputFact? before, bool locked, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(input);
        var problems = new List<IndicatorProblem>();
        void Wrong(string field, string key, params object[] places) => problems.Add(new(field, ProblemTexts.Of(key, places)));
        if (input.Value is { } value && !Amount.Fits(value)) Wrong(nameof(input.Value), "NumberTooLarge", Amount.Largest);
        else if (input.Value < 0) Wrong(nameof(input.Value), "InputNegative");
        else if (input.Value > 1 && input.Key.Part == InputPart.Share) Wrong(nameof(input.Value), "InputShare");
        else if (input.Value is null && before is null) Wrong(nameof(input.Value), "InputEmpty");
        if (input.From > today.AddYears(5)) Wrong(nameof(input.From), "InputFarAhead");
        foreach (var (field, text) in new[] { (nameof(input.Source), input.Source), (nameof(input.Owner), input.Owner),
            (nameof(input.Reason), input.Reason) })
        {
            if (text?.Length > IndicatorRules.MaxText) Wrong(field, "TextTooLong", IndicatorRules.MaxText);
            else if (text is not null && CprNumber.IsIn(text)) Wrong(field, "TextHasCpr");
        }

        var changes = before is not null && (before.Latest.Value != input.Value || before.Latest.From != input.From);
        if (changes && locked && string.IsNullOrWhiteSpace(input.Reason)) Wrong(nameof(input.Reason), "InputLocked");
        return problems;
    }
}
