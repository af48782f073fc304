using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Rules;

/// <summary>
/// The rules by which statuses are matched and verdicts folded, as they were from a moment on. A new one is stored when the program's rules
/// or the meanings of event codes change; then every letter is folded again, and one whose verdict changed says so in its timeline.
/// </summary>
public sealed class StoredRuleSet
{
    /// <summary>From 1, in the order of time.</summary>
    public int Id { get; set; }

    /// <summary>The versions of the program's rules, a slash, and the SHA-256 of the event codes' meanings in hex.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset FromAt { get; set; }

    /// <summary>What changed: one of <see cref="RuleChangeCause"/> by name.</summary>
    public required string Cause { get; set; }

    /// <summary>What changed in detail, such as <c>7=return</c>; null when <see cref="Cause"/> says it all.</summary>
    public string? Detail { get; set; }

    /// <summary>The sequence number up to which stored messages have been read again for these rules.</summary>
    public long Through { get; set; }

    /// <summary>The last message when the rules began: later ones were read by them.</summary>
    public long Target { get; set; }

    /// <summary>When all letters had been folded by these rules, UTC; null while that is under way.</summary>
    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>A letter that a change of rules gave another verdict. Never changed.</summary>
public sealed class StoredRuleChange
{
    public long LetterKey { get; set; }

    /// <summary>The <see cref="StoredRuleSet.Id"/>.</summary>
    public int RuleSet { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Verdicts on the wire.</summary>
    public required string Before { get; set; }

    /// <summary>Verdicts on the wire.</summary>
    public required string After { get; set; }

    /// <summary>The changes of these letters, oldest first.</summary>
    internal static async Task<ILookup<long, RuleChange>> ReadAsync(
        IngestionDbContext db, long[] letterKeys, CancellationToken cancellationToken)
    {
        var rows = await (from change in db.RuleChanges.AsNoTracking()
                          where EF.Parameter(letterKeys).Contains(change.LetterKey)
                          join rules in db.RuleSets.AsNoTracking() on change.RuleSet equals rules.Id
                          orderby change.RuleSet
                          select new { Change = change, rules.Cause, rules.Detail }).ToListAsync(cancellationToken);
        return rows.ToLookup(r => r.Change.LetterKey, r => new RuleChange(
            r.Change.At, Verdicts.FromWire(r.Change.Before), Verdicts.FromWire(r.Change.After), RuleChangeWords.Of(r.Cause, r.Detail)));
    }
}

/// <summary>What made new rules.</summary>
public enum RuleChangeCause
{
    /// <summary>A version of the portal with other rules.</summary>
    Program,

    /// <summary>Event codes got other meanings.</summary>
    EventCodes,
}

/// <summary>A change of rules that gave a letter another verdict.</summary>
/// <param name="At">When the letter was folded again, UTC.</param>
/// <param name="What">What changed, in words.</param>
public sealed record RuleChange(DateTimeOffset At, Verdict Before, Verdict After, LocalizedText What);

/// <summary>The tables of rules.</summary>
internal sealed class RulesModel : IEntityTypeConfiguration<StoredRuleSet>, IEntityTypeConfiguration<StoredRuleChange>
{
    public void Configure(EntityTypeBuilder<StoredRuleSet> builder)
    {
        builder.ToTable("RuleSets");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<StoredRuleChange> builder)
    {
        builder.ToTable("RuleChanges");
        builder.HasKey(c => new { c.LetterKey, c.RuleSet });
    }
}
