using Microsoft.Extensions.Localization;
using Portal.Features.Benefits.Keeping;

namespace Portal.Features.Benefits.Page;

/// <summary>An answer to a decision while it is written: taken, or put off to a day.</summary>
/// <param name="by">Offered as the one who decided.</param>
/// <param name="today">Today's date in Copenhagen.</param>
public sealed class DecisionDraft(string by, DateOnly today)
{
    private const int DaysOff = 30;

    /// <summary>What is decided, or why it is put off.</summary>
    public string Text { get; set; } = "";

    /// <summary>Who decided it.</summary>
    public string By { get; set; } = by;

    /// <summary>The day on which it was decided, or to which it is put off; in Copenhagen.</summary>
    public DateOnly? Day { get; set; } = today;

    /// <summary>True to put it off.</summary>
    public bool PutsOff { get; private set; }

    /// <summary>Chooses whether it is put off, with the day that is then offered.</summary>
    public void Choose(bool putOff) => (PutsOff, Day) = (putOff, putOff ? today.AddDays(DaysOff) : today);

    /// <summary>The answer as a note.</summary>
    public NewNote Written(string key, long seen) => new(
        NoteKind.DecisionAnswer, key, Day ?? today, PutsOff ? Occurrence.PutOff : Occurrence.Yes, Text, By, seen);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Wrong(IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return !PutsOff && string.IsNullOrWhiteSpace(Text) ? words["AnswerMissing"].Value
            : string.IsNullOrWhiteSpace(By) ? words["DecidedByMissing"].Value
            : Day is null ? words["AnswerDayMissing"].Value
            : PutsOff && Day <= today ? words["PutOffEarly"].Value
            : !PutsOff && Day > today ? words["DecidedLate"].Value
            : null;
    }
}
