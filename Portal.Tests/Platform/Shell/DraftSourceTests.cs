using System.Text.RegularExpressions;
using Portal.Ingestion.Hosting;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>
/// The browser keeps everything typed until it is saved: each form names its draft, and each of its fields has a stable name.
/// </summary>
public sealed partial class DraftSourceTests
{
    // Nothing is composed there: search terms are in the address, and choices act at once.
    private static readonly string[] NothingWritten =
    [
        "ChainsPage", "ChainBoard", "AccessLogPage", "MessagesPage", "FollowUpPage", "FollowUpRow", "QuarantineRow", "DraftConflict",
        "SearchField", "LoginPage", "OtherLanguage", "CasesPage", "LetterFileCard", "LetterFilterForm",
        "ListTools", "CompareVersions", "WorkshopAccess", "LinkFields", "BoxLinks", "BoxPanel", "PeriodChooser", "FollowUpFilters",
        "QuarantinePage", "TraceForm",
    ];

    // The surrounding component names the draft; or it is a plain form of a page that works without script.
    private static readonly string[] NamedAround =
    [
        "PasteDialog", "MeasurementForm", "IndicatorForm", "IndicatorSource", "IndicatorBaseline", "IndicatorMore", "InputForm",
        "IssueDialog", "FollowUpForm", "NumberRequestForm", "RowPanel", "JoinPage", "NoteForm", "OwnerForm", "OwnerDecisionForm",
        "DecisionOutcome", "TimeUseForm", "TimeCheckForm", "CatalogueField", "LetterFormField", "MessageTypeSelect",
        "FormField", "DayField",
    ];

    private static string Folder => Path.Combine(ConfigurationFile.Root, "Portal");

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static IEnumerable<string> Forms => Directory.EnumerateFiles(Folder, "*.razor", SearchOption.AllDirectories)
        .Where(f => Path.GetRelativePath(Folder, f).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin")
            && Field().IsMatch(File.ReadAllText(f)));

    [Fact]
    public void Every_form_in_which_something_is_written_names_its_draft() =>
        Assert.Equal([], Forms.Where(f => !File.ReadAllText(f).Contains("data-draft", StringComparison.Ordinal)).Select(NameOf)
            .Except([.. NothingWritten, .. NamedAround]).Order());

    [Fact]
    public void Every_field_of_a_form_that_names_a_draft_has_a_name_that_lasts() => Assert.Equal([], Forms
        .Where(f => File.ReadAllText(f).Contains("data-draft", StringComparison.Ordinal) || NamedAround.Contains(NameOf(f)))
        .SelectMany(f => Field().Matches(File.ReadAllText(f)).Select(m => m.Value).Where(t => !NotKept().IsMatch(t) && !HasId().IsMatch(t))
            .Select(t => $"{NameOf(f)}: {t}"))
        .Where(t => !t.StartsWith("JoinPage", StringComparison.Ordinal)));

    // Up to the end of the tag: a quoted value may contain >. Our own fields are inputs too.
    [GeneratedRegex("""
        <(?:input|textarea|TextField|SelectField|DateField|TimeField|SuggestField|NameField|FormField|DayField|CatalogueField|
            MudCheckBox|MudRadio)\b(?:"[^"]*"|[^">])*>
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Field();

    [GeneratedRegex("""type="(?:hidden|search|password|checkbox|radio|file)"|\bdata-no-draft\b""")]
    private static partial Regex NotKept();

    [GeneratedRegex("""\b(?:Input)?Id="[^"]+""", RegexOptions.IgnoreCase)]
    private static partial Regex HasId();
}
