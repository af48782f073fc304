using Microsoft.Extensions.Localization;
using Portal.Features.Benefits.Keeping;

namespace Portal.Features.Benefits.Page;

/// <summary>An answer to a decision while it is written: taken, or put off to a day.</summary>
/// <param name="by">Offered as the one who decided.</param>
/// <param name="today">Today's date in Copenhagen.</param>
public sealed class DecisionDraft(string by, DateOnly today)
{
    /// <summary>The end of the id of the field of <see cref="Text"/>.</summary>
    public const string TextField = "tekst";

    /// <summary>The end of the id of the field of <see cref="By"/>.</summary>
    public const string ByField = "hvem";

    /// <summary>The end of the id of the field of <see cref="Day"/>.</summary>
    public const string DayField = "dag";

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
    /// <param name="words">The texts.</param>
    /// <param name="id">The ids of the form's fields.</param>
    public FormProblem? Wrong(IStringLocalizer words, Func<string, string> id)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(id);
        (string Field, string Text)? wrong = !PutsOff && string.IsNullOrWhiteSpace(Text) ? (TextField, "AnswerMissing")
            : string.IsNullOrWhiteSpace(By) ? (ByField, "DecidedByMissing")
            : Day is null ? (DayField, "AnswerDayMissing")
            : PutsOff && Day <= today ? (DayField, "PutOffEarly")
            : !PutsOff && Day > today ? (DayField, "DecidedLate")
            : null;
        return wrong is { } found ? new FormProblem(id(found.Field), words[found.Text]) : null;
    }
}
