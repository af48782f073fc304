using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;

namespace Portal.Features.Benefits.Page;

/// <summary>A decision that is needed, and the newest answer to it.</summary>
/// <param name="Key">See <see cref="DecisionKey"/>.</param>
/// <param name="Answer">Null while nobody has answered.</param>
public sealed record DecisionItem(string Key, string Text, BenefitNote? Answer)
{
    /// <summary>The start of the keys of decisions that a person wrote.</summary>
    private const string Written = "note:";

    /// <summary>The note that a person wrote; null for a decision that follows from a benefit.</summary>
    public long? NoteId => Key.StartsWith(Written, StringComparison.Ordinal)
        && long.TryParse(Key.AsSpan(Written.Length), out var id) ? id : null;

    /// <summary>All decisions of a chain, answered or not, in the language of the page.</summary>
    public static IReadOnlyList<DecisionItem> Of(ChainBenefits benefits) =>
        [.. Decisions.Of(benefits).Select(d => new DecisionItem(d.Key, d.Text.In(CultureInfo.CurrentUICulture), d.Answer))];

    /// <summary>True while it waits: nobody has answered, or it was put off to a day that has come.</summary>
    /// <param name="today">Today's date in Copenhagen.</param>
    public bool IsOpen(DateOnly today) => Answer is null || (Answer.Answer == Occurrence.PutOff && Answer.Day <= today);
}
