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

    /// <summary>The benefit that it is about; null for one about the whole chain.</summary>
    public BenefitFigure? Figure { get; init; }

    /// <summary>The note that a person wrote; null for a decision that follows from a benefit.</summary>
    public long? NoteId => Key.StartsWith(Written, StringComparison.Ordinal)
        && long.TryParse(Key.AsSpan(Written.Length), out var id) ? id : null;

    /// <summary>True for the question of who is to own a benefit that nobody owns yet.</summary>
    public bool AsksForOwner { get; init; }

    /// <summary>See <see cref="Decision.IsUnsigned"/>.</summary>
    public bool IsUnsigned { get; init; }

    /// <summary>True for the question of what freed time is used for.</summary>
    public bool AsksForTimeUse => Figure is { } figure && Key == DecisionKey.OfTimeUse(figure.Element.Id);

    /// <summary>True for the question of whether freed time is used as decided.</summary>
    public bool ChecksTimeUse { get; init; }

    /// <summary>All decisions of a chain, answered or not, in the language of the page.</summary>
    public static IReadOnlyList<DecisionItem> Of(ChainBenefits benefits) =>
    [
        .. Decisions.Of(benefits).Select(d => new DecisionItem(d.Key, d.Text.In(CultureInfo.CurrentUICulture), d.Answer)
        {
            Figure = d.Figure, AsksForOwner = d.AsksForOwner, ChecksTimeUse = d.ChecksFreedTime, IsUnsigned = d.IsUnsigned,
        }),
    ];

    /// <summary>True while it waits: nobody has answered, or it was put off to a day that has come.</summary>
    /// <param name="today">Today's date in Copenhagen.</param>
    public bool IsOpen(DateOnly today) => Answer is null ? !IsUnsigned : Answer.Answer == Occurrence.PutOff && Answer.Day <= today;
}
