using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Rules;

/// <summary>Numbers the rules that are in force: the program's own, and the meanings of actions and event codes.</summary>
internal static class RuleSets
{
    /// <summary>
    /// Raise it with every change of <see cref="StatusClassifier"/>, <see cref="LetterFold"/> or <see cref="StatusMatching"/> that can
    /// change a verdict: all letters are then folded again.
    /// </summary>
    public const int ProgramRules = 2;

    /// <summary>
    /// The number of the rules in force, stored now when they are new. Called at the start, by one program at a time, and within the
    /// transaction of an edit of meanings, which holds <see cref="WriteLock.Letters"/>.
    /// </summary>
    /// <param name="change">What the edit changed, as <see cref="RuleChangeWords"/> reads it; null at the start.</param>
    public static async Task<StoredRuleSet> CurrentAsync(
        IngestionDbContext db, PortalSettings settings, DateTimeOffset now, CancellationToken cancellationToken, string? change = null)
    {
        var meanings = (await MeaningReader.RulesAsync(db, settings, cancellationToken)).Rules;
        var fingerprint = FingerprintOf(meanings);
        var last = await db.RuleSets.OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellationToken);
        if (last?.Fingerprint == fingerprint) return last;
        var sameProgram = last is not null && last.Fingerprint.Split('/')[0] == fingerprint.Split('/')[0];
        var rules = new StoredRuleSet
        {
            Id = (last?.Id ?? 0) + 1, Fingerprint = fingerprint, FromAt = now,
            Cause = sameProgram ? nameof(RuleChangeCause.EventCodes) : nameof(RuleChangeCause.Program),
            Detail = sameProgram ? change ?? meanings : null,

            // What the rules before had not yet read again is left to these.
            Through = sameProgram && last!.DoneAt is null ? last.Through : 0,
            Target = !sameProgram ? await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0
                : last!.DoneAt is null ? last.Target : 0,
        };
        db.RuleSets.Add(rules);
        await db.SaveChangesAsync(cancellationToken);
        return rules;
    }

    /// <summary>The number of the newest stored rules; 0 when none are stored.</summary>
    public static async Task<int> NewestAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.RuleSets.MaxAsync(r => (int?)r.Id, cancellationToken) ?? 0;

    // The program's rules stand before the slash, so that it can be told what changed.
    private static string FingerprintOf(string meanings) => string.Create(CultureInfo.InvariantCulture,
        $"{ProgramRules}.{StatusMatching.Version}.{MessageDraftBuilder.ReaderVersion}/{Hash(meanings)}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
