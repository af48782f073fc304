using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Features.Benefits.Entry;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Problems;
using Portal.Features.Benefits.Requests;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Domain;
using Portal.Platform.Storage;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Benefits.Page;

/// <summary>The benefits of a chain, measured: numbers, sureness, decisions, and the agreed numbers behind them.</summary>
public sealed partial class BenefitsPage
{
    private Viewer _viewer = Viewer.Nobody;
    private ChainBenefits? _benefits;
    private KnownPeople? _people;
    private IReadOnlyDictionary<long, RequestMailStatus> _mails = new Dictionary<long, RequestMailStatus>();
    private Period _period;
    private string _mark = "";
    private string? _shownId;
    private const string SavedKey = "saved";
    private string? _failed;
    private FormGuard _form = null!;
    private bool _missing, _importing;
    private int _others;
    private BenefitFigure? _describing, _pasting;
    private InputEdit? _editing;
    private BenefitActions _actions = null!;

    /// <summary>The id of the chain.</summary>
    [Parameter] public string Id { get; set; } = "";

    /// <summary>The first month shown, e.g. <c>2026-01</c>.</summary>
    [SupplyParameterFromQuery] public string? Fra { get; set; }

    /// <summary>The last month shown.</summary>
    [SupplyParameterFromQuery] public string? Til { get; set; }

    /// <summary>
    /// The form that is open when the page is first shown (<see cref="OpenedForm"/>), at the place that the fragment names.
    /// </summary>
    [SupplyParameterFromQuery] public string? Aabn { get; set; }

    /// <summary>How the lists of measurements are shown: <see cref="ListLook"/>.</summary>
    [SupplyParameterFromQuery] public string? Kol { get; set; }

    /// <inheritdoc cref="Kol" />
    [SupplyParameterFromQuery] public string? Taet { get; set; }

    /// <inheritdoc cref="Kol" />
    [SupplyParameterFromQuery] public string? Sort { get; set; }

    private MeasurementList Measurements => new(
        ListLook.Read(MeasurementShape.Shape, name => name switch { "kol" => Kol, "taet" => Taet, "sort" => Sort, _ => null }),
        look => AddressOf(look, PeriodQuery));

    private string PeriodQuery => Month.Parse(Fra) is null || Month.Parse(Til) is null ? "" : $"fra={_period.First}&til={_period.Last}";

    // What a saved view keeps: the period and how the lists are shown. It is the same for every chain.
    private string ViewQuery => Measurements.Look.In(PeriodQuery);

    // The place that the address names; empty for none.
    private string Place => Uri.UnescapeDataString(new Uri(Navigation.Uri).Fragment.TrimStart('#'));

    private string? OpenedAt(BenefitFigure figure) => BenefitStyle.Anchor(figure.Element.Id) == Place ? Aabn : null;

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private bool MayEdit => _viewer.May(ViewerRights.SteerBenefits);

    protected override void OnInitialized() => _actions = new BenefitActions(
        figure => Open(() => _describing = figure), figure => Open(() => _pasting = figure), MeasureAsync, NoteAsync, WithdrawAsync,
        ChangeAsync)
    {
        AskAsync = AskAsync, SendsMail = Model.Mails.IsConfigured,
    };

    private async Task<NoteOutcome> AskAsync(NewNote request, string? address)
    {
        var mail = address is null ? null : Model.Mails.MailOf(_viewer, address, new Uri(Navigation.BaseUri));
        var outcome = await SaveAsync(() => Model.Store.AskForNumberAsync(_viewer, Id, new NumberRequest(
            request.ElementId, request.Day, request.Text, request.Evidence ?? "", request.Seen, mail), CancellationToken.None));
        return await OutcomeOfAsync(outcome);
    }

    private void Open(Action open)
    {
        open();
        StateHasChanged();
    }

    protected override async Task OnParametersSetAsync()
    {
        var now = Month.Of(Model.Time.GetUtcNow());
        var before = (_period, _shownId);
        _shownId = Id;
        _period = Month.Parse(Fra) is { } first && Month.Parse(Til) is { } last && first <= last && last - first < 120
            ? new Period(first, last)
            : Period.YearUpTo(now);
        if (before != (_period, _shownId)) Reads.Restart();
        _viewer = await Model.Viewer.GetAsync();
        await ReadAsync(PageGone);
    }

    private string AddressOf(ListLook look, string period) =>
        look.In(period) is { Length: > 0 } query ? $"{PortalUrls.Benefits(Id)}?{query}" : PortalUrls.Benefits(Id);

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var before = (_mark, _missing);
        await ReadAsync(cancellationToken);
        if (before != (_mark, _missing)) StateHasChanged();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var (number, period) = (Reads.Begin(), _period);
        var read = await Model.Figures.ReadAsync(_viewer, Id, period, cancellationToken);
        long[] asked = read is null ? [] : [.. read.All.Select(f => f.Request?.Id).OfType<long>()];
        var mails = await Model.Mails.StatesAsync(_viewer, asked, cancellationToken);
        if (!Reads.TryShow(number)) return;
        _missing = read is null;
        var mark = read is null ? "" : $"{period} {BenefitStyle.Mark(read)} {string.Join(',', mails.Values)}";
        if (mark == _mark) return;
        (_benefits, _mails, _mark) = (read, mails, mark);
        _people = read is null ? null : KnownPeople.Of(read);
    }

    private IEnumerable<(Period Period, string Name)> Periods()
    {
        var now = Month.Of(Model.Time.GetUtcNow());
        var known = new List<(Period, string)>
        {
            (Period.YearUpTo(now), L["LastYear"]), (new Period(Month.Of(now.Year, 1), now), L["ThisYear", now.Year]),
            (new Period(Month.Of(now.Year - 1, 1), Month.Of(now.Year - 1, 12)), L["WholeYear", now.Year - 1]),
            (new Period(now + -23, now), L["TwoYears"]),
        };
        if (!known.Exists(p => p.Item1 == _period)) known.Add((_period, _period.In(Culture)));
        return known.DistinctBy(p => p.Item1);
    }

    private void ChoosePeriod(Period period) =>
        Navigation.NavigateTo(AddressOf(Measurements.Look, $"fra={period.First}&til={period.Last}"), replace: true);

    private string NameOf(ChainElement box) =>
        box.Withheld ? L["Withheld"] : box.Text.Length > 0 ? box.Text : BoxContent.Label(box.Kind, Words);

    // Boxes that can be inputs to a benefit and are not measured yet.
    private static List<ChainElement> Others(ChainBenefits benefits) =>
        [.. ChainOrder.Read(benefits.Document).Where(b => b.Kind is ChainKind.Problem or ChainKind.Future or ChainKind.Result
            or ChainKind.Difference && benefits.Helpers.All(h => h.Element.Id != b.Id))];

    private void DescribeOther(string? id)
    {
        if (_benefits is not { } benefits || benefits.Document.Find(id ?? "") is not { } box) return;
        // A new key recreates the select, so that no box stays selected in it.
        _others++;
        var taken = benefits.All.Select(f => f.Definition.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var definition = IndicatorDefaults.Of(box, taken) with { Kind = IndicatorKind.ByHand };
        _describing = new BenefitFigure(box, definition, false, IndicatorSeries.Empty,
            TargetProgress.Of(definition, IndicatorSeries.Empty, benefits.Period, benefits.Today), [], [], [], false);
    }

    // The names that a formula can use: saved indicators that are not themselves calculated from it, and the boxes' own numbers.
    private static IReadOnlyList<string> NamesFor(ChainBenefits benefits, BenefitFigure own)
    {
        var all = benefits.All.Where(f => f.IsDescribed).Select(f => f.Latest).DistinctBy(d => d.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(d => d.Key, StringComparer.OrdinalIgnoreCase);
        var named = benefits.All.Where(f => f.IsDescribed && f.Element.Id != own.Element.Id && f.Definition.Kind != IndicatorKind.Described)
            .Select(f => f.Latest)
            .Where(d => d.Kind != IndicatorKind.Calculated || !FormulaGraph.Of(all, [d.Key]).Order.Contains(own.Definition.Key));
        return
        [
            .. named.SelectMany(d => new[] { d.Key, d.Baseline.Value is null ? null : $"nulpunkt({d.Key})",
                d.Target is null ? null : $"mål({d.Key})" }).OfType<string>(),
            .. benefits.Inputs.Names,
        ];
    }

    // An owner who is named on the canvas alone is the benefit's owner too, and stands in the form as on the page.
    private static IndicatorDefinition EditableOf(BenefitFigure figure) =>
        figure.Latest with { Owner = figure.Latest.Owner ?? figure.Definition.Owner };

    private async Task<BenefitOutcome> SaveIndicatorAsync(IndicatorDefinition definition, string? reason, int basedOn)
    {
        if (_describing is not { } described) return BenefitOutcome.Done;
        var outcome = await SaveAsync(
            () => Model.Store.SaveIndicatorAsync(_viewer, Id, described.Element.Id, definition, reason, basedOn, CancellationToken.None));
        if (!outcome.Found) return new BenefitOutcome(true, [new IndicatorProblem("$", ProblemTexts.Of("GoneMeanwhile"))]);
        if (!outcome.IsDone) return outcome;
        _describing = null;
        StateHasChanged();
        return outcome;
    }

    private string TitleOf(InputEdit edit) =>
        Deviations.NameOf(edit.Key, _benefits!.Inputs).In(CultureInfo.CurrentUICulture);

    private static string DraftOf(InputEdit edit) => $"input-{edit.Key.ElementId}-{edit.Key.Part}";

    private async Task<BenefitOutcome> SaveInputAsync(NewInput input)
    {
        var outcome = await SaveAsync(() => Model.Store.SaveInputAsync(_viewer, Id, input, CancellationToken.None));
        if (!outcome.Found) return new BenefitOutcome(true, [new IndicatorProblem("$", ProblemTexts.Of("GoneMeanwhile"))]);
        if (!outcome.IsDone) return outcome;
        _editing = null;
        StateHasChanged();
        return outcome;
    }

    // Some fields of a definition are changed, so what a colleague saved meanwhile is kept and the change is made to that.
    private async Task<string?> ChangeAsync(BenefitFigure figure, Func<IndicatorDefinition, IndicatorDefinition> change)
    {
        var (latest, basedOn) = (figure.Latest, figure.Versions.Count == 0 ? 0 : figure.Versions[^1].Version);
        while (true)
        {
            var (wanted, number) = (change(latest), basedOn);
            var outcome = await SaveAsync(
                () => Model.Store.SaveIndicatorAsync(_viewer, Id, figure.Element.Id, wanted, null, number, CancellationToken.None));
            if (outcome.Meanwhile is not { } meanwhile) return WhatIsWrong(outcome);
            (latest, basedOn) = (meanwhile.Definition, meanwhile.Version);
        }
    }

    private async Task<MeasureOutcome> MeasureAsync(NewMeasurement measurement)
    {
        var before = measurement.Value is null
            ? _benefits?.All.SelectMany(f => f.Measurements).FirstOrDefault(m => m.Id == measurement.Seen)
            : null;
        IReadOnlyList<Measurement> saved = [];
        var outcome = await SaveAsync(async () =>
        {
            (var stored, saved) = await Model.Store.AddMeasurementsAsync(_viewer, Id, [measurement], "form", CancellationToken.None);
            return stored;
        });
        if (outcome.IsDone && before is not null) OfferBack(before);
        if (outcome.IsDone && measurement.Value is not null) OfferUndo(saved, L["SavedShort"]);
        if (outcome.MeanwhileNumber is not { } first) return new MeasureOutcome(WhatIsWrong(outcome), null);
        await ShowAsync();
        return new MeasureOutcome(null, first);
    }

    // Each day gets the number it had, or none; when a colleague has entered a later one, nothing is undone, and that is said.
    private void OfferUndo(IReadOnlyList<Measurement> saved, string text)
    {
        var back = MeasurementUndo.Of(saved, _benefits?.All.SelectMany(f => f.Measurements) ?? []);
        Snackbar.RemoveByKey(SavedKey);
        Snackbar.Add(text, Severity.Success, options =>
        {
            options.Action = L["UndoDelete"];
            options.OnClick = _ => InvokeAsync(() => _form.RunAsync(() => UndoAsync(back)));
        }, key: SavedKey);
    }

    private async Task UndoAsync(IReadOnlyList<NewMeasurement> back)
    {
        // Of two with one key only the first would be shown.
        Snackbar.RemoveByKey(SavedKey);
        var outcome = await SaveAsync(
            async () => (await Model.Store.AddMeasurementsAsync(_viewer, Id, back, "form", CancellationToken.None)).Outcome,
            L["UndoneShort"]);
        _failed = outcome.MeanwhileNumber is { } first ? NumberMeanwhile(first) : WhatIsWrong(outcome);
        if (!outcome.IsDone) StateHasChanged();
    }

    private string NumberMeanwhile(Measurement first) => L["NumberMeanwhile", first.EnteredBy, LanguageFormat.PageDate(first.At),
        first.Value is { } value ? BenefitFormat.Exact(value, FigureUnitOf(first)) : L["TakenBack"].Value];

    private string FigureUnitOf(Measurement measurement) =>
        _benefits?.All.FirstOrDefault(f => f.Element.Id == measurement.ElementId)?.Definition.Unit ?? "";

    // A number that was taken back can be entered again, as it was.
    private void OfferBack(Measurement deleted) => Snackbar.Add(L["NumberDeleted"], Severity.Info, options =>
    {
        options.Action = L["UndoDelete"];
        options.OnClick = _ => InvokeAsync(() => _form.RunAsync(async () => _failed = (await MeasureAsync(
            new NewMeasurement(deleted.ElementId, deleted.At, deleted.Value, deleted.Note))).Wrong));
    }, key: "number-deleted");

    private async Task<string?> PasteAsync(IReadOnlyList<PastedLine> lines)
    {
        if (_pasting is not { } pasted) return null;
        IReadOnlyList<Measurement> saved = [];
        var outcome = await SaveAsync(async () =>
        {
            (var stored, saved) = await Model.Store.AddMeasurementsAsync(
                _viewer, Id, [.. lines.Select(l => new NewMeasurement(pasted.Element.Id, l.At!.Value, l.Value, l.Note))], "paste",
                CancellationToken.None);
            return stored;
        });
        if (WhatIsWrong(outcome) is { } text) return text;
        OfferUndo(saved, L["PastedSaved", LanguageFormat.PageNumber(saved.Count)]);
        _pasting = null;
        StateHasChanged();
        return null;
    }

    private async Task<NoteOutcome> NoteAsync(NewNote note)
    {
        var outcome = await SaveAsync(() => Model.Store.AddNoteAsync(
            _viewer, Id, note.Kind, note.ElementId, note.Day, note.Answer, note.Text, note.Evidence, note.Seen, CancellationToken.None));
        return await OutcomeOfAsync(outcome);
    }

    private async Task<NoteOutcome> OutcomeOfAsync(BenefitOutcome outcome)
    {
        if (outcome.MeanwhileNote is not { } first) return new NoteOutcome(WhatIsWrong(outcome), null);
        await ShowAsync();
        return new NoteOutcome(null, first);
    }

    private Task<bool> WithdrawAsync(long note) => _form.RunAsync(async () =>
    {
        _failed = WhatIsWrong(await SaveAsync(() => Model.Store.WithdrawNoteAsync(_viewer, Id, note, CancellationToken.None)));
    });

    // Storage errors are shown by the form that saves (FormGuard); after saving, the whole page is read again.
    private async Task<BenefitOutcome> SaveAsync(Func<Task<BenefitOutcome>> save, string? announcement = null)
    {
        _failed = null;
        var outcome = await save();
        if (!outcome.IsDone) return outcome;
        await ShowAsync();
        Snackbar.Add(announcement ?? L["SavedShort"], Severity.Success, key: SavedKey);
        return outcome;
    }

    // It is saved even when it cannot be read again now: the page refreshes by itself later.
    private async Task ShowAsync()
    {
        try
        {
            await ReadAsync(CancellationToken.None);
        }
        catch (Exception problem) when (StorageAccess.IsRefused(problem))
        {
            Logger.LogInformation("What was saved could not be read again: {Kind}", problem.GetType().Name);
        }

        StateHasChanged();
    }

    private static string? WhatIsWrong(BenefitOutcome outcome) =>
        !outcome.Found ? ProblemTexts.Of("GoneMeanwhile").Localized
            : outcome.Problems.Count > 0 ? string.Join(" ", outcome.Problems.Select(p => p.Text.Localized))
            : null;
}
