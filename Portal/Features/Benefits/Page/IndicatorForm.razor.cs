using Microsoft.AspNetCore.Components;
using Portal.Features.Benefits.Arithmetic;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Problems;
using Portal.Platform.Ui;

namespace Portal.Features.Benefits.Page;

/// <summary>The form that defines how a benefit is measured: source of the numbers, baseline, target, and who is responsible.</summary>
public sealed partial class IndicatorForm
{
    private static readonly TimeSpan TryAfter = TimeSpan.FromMilliseconds(300);
    private IndicatorDraft _draft = null!;
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<IndicatorProblem> _problems = [];
    private IndicatorDraft _before = null!;
    private DraftMerge? _merge;
    private FormulaPreview? _trial;
    private string _meanwhileBy = "";
    private DateTimeOffset _meanwhileAt;
    private int _basedOn, _tries;
    private bool _more;
    private FormGuard? _form;

    /// <summary>The key of its draft in the browser.</summary>
    [Parameter] public string? Draft { get; set; }

    /// <summary>The box's name.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>The current definition.</summary>
    [Parameter, EditorRequired] public IndicatorDefinition Definition { get; set; } = null!;

    /// <summary>True when the baseline is locked.</summary>
    [Parameter] public bool Locked { get; set; }

    /// <summary>Names that a formula may use.</summary>
    [Parameter] public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>Boxes with hours that lead to this one; their calculation can be used as a formula, which then follows the box.</summary>
    [Parameter] public IReadOnlyList<BoxArithmetic> Sources { get; set; } = [];

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
        _more = Definition.Form != BenefitForm.Quality || Definition.Assumptions is not null || Definition.WhoGains is not null
            || Definition.WhoBears is not null || Definition.MeasuringCost is not null;
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
        return number is "Baseline" or "Target" or "Low" or "High"
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

    private void ChooseMeasure(ChangeEventArgs e)
    {
        if (Enum.TryParse<LogMeasure>(e.Value as string, out var measure)) _draft.Choose(measure);
    }

    private async Task SaveAsync()
    {
        if (_form?.Busy == true) return;
        if (_merge is { IsSettled: false })
        {
            _problems = [new IndicatorProblem("$", ProblemTexts.Of("ChooseInConflicts"))];
            return;
        }

        var (now, by) = Signature();
        var (definition, notNumbers) = _draft.Read(now, by);
        if (notNumbers.Count > 0)
        {
            _problems = notNumbers;
            return;
        }

        _problems = [];
        await _form!.RunAsync(async () =>
        {
            var outcome = await OnSave(definition, _draft.Reason.Trim() is { Length: > 0 } reason ? reason : null, _basedOn);
            _problems = outcome.Problems;
            if (outcome.Meanwhile is { } meanwhile) Merge(meanwhile);
            return outcome.IsDone;
        });
    }

    private void Merge(IndicatorVersion meanwhile)
    {
        _merge = new DraftMerge(_before, _draft, IndicatorDraft.Of(meanwhile.Definition), IndicatorDraft.Of(meanwhile.Definition));
        (_draft, _before, _basedOn) = (_merge.Draft, IndicatorDraft.Of(meanwhile.Definition), meanwhile.Version);
        (_meanwhileBy, _meanwhileAt) = (meanwhile.By, meanwhile.At);
        TryNow(_draft.Formula);
    }
}
