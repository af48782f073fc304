using Microsoft.AspNetCore.Components;
using Portal.Features.Benefits.Arithmetic;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Problems;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Benefits.Page;

/// <summary>The form that defines how a benefit is measured: source of the numbers, baseline, target, and who is responsible.</summary>
public sealed partial class IndicatorForm
{
    private static readonly TimeSpan TryAfter = TimeSpan.FromMilliseconds(300);

    private static readonly HashSet<string> InStepTwo = new(StringComparer.Ordinal)
    {
        nameof(IndicatorDefinition.Low), nameof(IndicatorDefinition.Likely), nameof(IndicatorDefinition.High),
        nameof(IndicatorDefinition.Measurer), nameof(IndicatorDefinition.MeasuringCost), nameof(IndicatorDefinition.Key),
        nameof(IndicatorDefinition.WhoGains), nameof(IndicatorDefinition.WhoBears), nameof(IndicatorDefinition.WhoChanges),
        nameof(IndicatorDefinition.Stakeholders),
        nameof(IndicatorDefinition.Assumptions), nameof(IndicatorDefinition.Risk), nameof(IndicatorDefinition.RiskResponse),
    };

    private IndicatorDraft _draft = null!;
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<IndicatorProblem> _problems = [];
    private IndicatorDraft _before = null!;
    private DraftMerge? _merge;
    private FormulaPreview? _trial;
    private string _meanwhileBy = "";
    private DateTimeOffset _meanwhileAt;
    private int _basedOn, _tries;
    private int _step = 1;
    private IReadOnlyList<object> _refused = [];
    private readonly FormDays _days = new();
    private FormGuard? _form;

    /// <summary>The key of its draft in the browser.</summary>
    [Parameter] public string? Draft { get; set; }

    /// <summary>The box's name.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>The current definition.</summary>
    [Parameter, EditorRequired] public IndicatorDefinition Definition { get; set; } = null!;

    /// <summary>True when the baseline is locked.</summary>
    [Parameter] public bool Locked { get; set; }

    /// <summary>Which numbers were others when the assumption was written; null when none was.</summary>
    [Parameter] public string? OlderAssumptions { get; set; }

    /// <summary>Names that a formula may use.</summary>
    [Parameter] public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>Boxes with hours that lead to this one; their calculation can be used as a formula, which then follows the box.</summary>
    [Parameter] public IReadOnlyList<BoxArithmetic> Sources { get; set; } = [];

    /// <summary>Today's date in Copenhagen.</summary>
    [Parameter, EditorRequired] public DateOnly Today { get; set; }

    /// <summary>Returns the current time (UTC) and the user's name.</summary>
    [Parameter, EditorRequired] public Func<(DateTimeOffset Now, string By)> Signature { get; set; } = () => default;

    /// <summary>The version that is changed; 0 for none.</summary>
    [Parameter] public int BasedOn { get; set; }

    /// <summary>Evaluates a formula while it is typed.</summary>
    [Parameter] public Func<IndicatorDefinition, CancellationToken, FormulaPreview>? OnTry { get; set; }

    /// <summary>
    /// Saves the definition, with the reason for changing locked values and the version it is based on; returns problems, or what a
    /// colleague saved meanwhile.
    /// </summary>
    [Parameter, EditorRequired]
    public Func<IndicatorDefinition, string?, int, Task<BenefitOutcome>> OnSave { get; set; } =
        (_, _, _) => Task.FromResult(BenefitOutcome.Done);

    /// <summary>Raised when the form is closed.</summary>
    [Parameter] public EventCallback OnClose { get; set; }

    protected override void OnInitialized()
    {
        (_draft, _before, _basedOn) = (IndicatorDraft.Of(Definition), IndicatorDraft.Of(Definition), BasedOn);
        TryNow(_draft.Formula);
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private string? FormulaProblem =>
        _problems.FirstOrDefault(p => p.Field == nameof(IndicatorDefinition.Formula))?.Text.Localized ?? _trial?.Problem?.Localized;

    private string? Invalid(string field) => _problems.Any(p => p.Field == field) ? "true" : null;

    // A number's message does not name its field.
    private string Explanation(IndicatorProblem problem)
    {
        if (problem.Field == nameof(IndicatorDefinition.Formula)) return $"{L["Formula"].Value}: {problem.Text.Localized}";
        var number = problem.Field == "Value" ? "Baseline" : problem.Field;
        return number is "Baseline" or "Target" or "Low" or "High" or "Likely"
            ? $"{L[$"Field{number}"].Value}: {problem.Text.Localized}"
            : problem.Text.Localized;
    }

    private async Task TryLaterAsync(string? formula)
    {
        var mine = ++_tries;
        try
        {
            await Task.Delay(TryAfter, Time, _gone.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (mine == _tries) TryNow(formula ?? "");
    }

    // Runs also while other fields are not valid numbers yet; their problems are shown on saving.
    private void TryNow(string formula)
    {
        _tries++;
        _problems = [.. _problems.Where(p => p.Field != nameof(IndicatorDefinition.Formula))];
        if (OnTry is null || _draft.Kind != IndicatorKind.Calculated || string.IsNullOrWhiteSpace(formula))
        {
            _trial = null;
            return;
        }

        var (now, by) = Signature();
        _trial = OnTry(_draft.Read(now, by).Definition with { Formula = formula.Trim() }, _gone.Token);
    }

    private void Choose(IndicatorKind kind)
    {
        _draft.Kind = kind;
        if (kind == IndicatorKind.Counted && _draft.Unit.Length == 0) _draft.Choose(_draft.Measure);
        TryNow(_draft.Formula);
    }

    private void Use(BoxArithmetic source)
    {
        (_draft.Formula, _draft.Unit, _draft.Gathering, _draft.Form) = (source.Formula, "timer/år", Aggregation.Sum, BenefitForm.Time);
        TryNow(_draft.Formula);
    }

    // What would change of the values that are locked; or, before anything is locked, of a target that was agreed.
    private IReadOnlyList<ProblemText> Changes
    {
        get
        {
            if (_basedOn == 0) return [];
            var (now, by) = Signature();
            var (before, wanted) = (_before.Read(now, by).Definition, _draft.Read(now, by).Definition);
            var targetChanges = before.Target is not null && (before.Target, before.TargetOn) != (wanted.Target, wanted.TargetOn);
            return Locked || targetChanges ? BaselineLock.Changes(before, wanted) : [];
        }
    }

    // A changed target holds from this month on, so that months before it are still held against the target that they had.
    private void TargetChanged()
    {
        if (!Locked || _basedOn == 0) return;
        var (now, by) = Signature();
        var (before, wanted) = (_before.Read(now, by).Definition, _draft.Read(now, by).Definition);
        var first = new DateOnly(Today.Year, Today.Month, 1);
        var changes = before.Target is not null && before.Target != wanted.Target;
        if (changes && _draft.TargetFrom == _before.TargetFrom) _draft.TargetFrom = first;
        else if (!changes && _draft.TargetFrom == first) _draft.TargetFrom = _before.TargetFrom;
    }

    private async Task SaveAsync()
    {
        if (_form?.Busy == true) return;
        _refused = _days.Unread;
        if (_refused.Count > 0) return;
        if (_merge is { IsSettled: false })
        {
            _problems = [new IndicatorProblem("$", ProblemTexts.Of("ChooseInConflicts"))];
            return;
        }

        var (now, by) = Signature();
        var (definition, notNumbers) = _draft.Read(now, by);
        if (notNumbers.Count > 0)
        {
            Refuse(notNumbers);
            return;
        }

        Refuse([]);
        await _form!.RunAsync(async () =>
        {
            var outcome = await OnSave(definition, _draft.Reason.Trim() is { Length: > 0 } reason ? reason : null, _basedOn);
            Refuse(outcome.Problems);
            if (outcome.Meanwhile is { } meanwhile) Merge(meanwhile);
            return outcome.IsDone;
        });
    }

    // The step with the first field that is wrong is shown, and the field gets the focus.
    private void Refuse(IReadOnlyList<IndicatorProblem> problems)
    {
        (_problems, _refused) = (problems, problems);
        var asked = problems.Where(p => p.Field is not ("$" or IndicatorRules.ReasonField)).ToList();
        if (asked.Count > 0) _step = asked.Exists(p => !InStepTwo.Contains(p.Field)) ? 1 : 2;
    }

    private void Merge(IndicatorVersion meanwhile)
    {
        _merge = new DraftMerge(_before, _draft, IndicatorDraft.Of(meanwhile.Definition), IndicatorDraft.Of(meanwhile.Definition));
        (_draft, _before, _basedOn) = (_merge.Draft, IndicatorDraft.Of(meanwhile.Definition), meanwhile.Version);
        (_meanwhileBy, _meanwhileAt) = (meanwhile.By, meanwhile.At);
        TryNow(_draft.Formula);
    }
}
