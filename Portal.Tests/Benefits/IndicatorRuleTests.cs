using Portal.Benefits.Indicators;
using Portal.Chains.Document;
using Xunit;

namespace Portal.Tests.Benefits;

public sealed class IndicatorRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly ChainDocument Chain = ChainApply.Apply(ChainDocument.Empty, ChainOperation.Add("d1", ChainKind.Problem, (ElementProperty.VolumeLow, "500"), (ElementProperty.VolumeHigh, "600"), (ElementProperty.MinutesEach, "109")).Changes);

    private static readonly IndicatorDefinition Disputes = new()
    {
        Key = "tvister", Name = "Tvister", Kind = IndicatorKind.ByHand, Unit = "tvister/år", Gathering = Gathering.Sum, Better = BetterWhen.Lower,
        Baseline = new Baseline(550, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "journal", null, null), EffectFrom = new DateOnly(2027, 1, 1),
    };

    private static IndicatorDefinition Calculated(string formula, string key = "tid", string unit = "timer/år") => new() { Key = key, Name = "", Kind = IndicatorKind.Calculated, Formula = formula, Unit = unit };

    private static IReadOnlyList<IndicatorProblem> Check(IndicatorDefinition wanted, IndicatorDefinition? before = null, string? reason = null, params (string Id, IndicatorDefinition Of)[] others) =>
        IndicatorRules.Check("g2", wanted, others.ToDictionary(o => o.Id, o => o.Of), Chain, before, reason, Today);

    [Fact]
    public void A_baseline_that_was_measured_after_the_effect_began_is_refused()
    {
        var problem = Assert.Single(Check(Disputes with { EffectFrom = new DateOnly(2025, 6, 1) }));
        Assert.Equal(nameof(Baseline.To), problem.Field);
        Assert.Contains("før effekten begynder (01.06.2025)", problem.What.Danish, StringComparison.Ordinal);
        Assert.Single(Check(Disputes with { EffectFrom = new DateOnly(2025, 12, 31) }));
        Assert.Empty(Check(Disputes with { EffectFrom = new DateOnly(2026, 1, 1) }));
    }

    [Fact]
    public void A_locked_baseline_is_changed_with_a_reason_only()
    {
        var locked = Disputes with { Baseline = Disputes.Baseline with { LockedAt = DateTimeOffset.UnixEpoch, LockedBy = "Freja" } };
        var changed = locked with { Baseline = locked.Baseline with { Value = 600 } };
        Assert.Contains("Nulpunktet er låst", Assert.Single(Check(changed, locked)).What.Danish, StringComparison.Ordinal);
        Assert.Single(Check(changed, locked, "  "));
        Assert.Empty(Check(changed, locked, "Journalen var talt forkert"));
        Assert.Empty(Check(locked with { Owner = "P. Madsen" }, locked));
        Assert.Empty(Check(changed, Disputes));
    }

    [Fact]
    public void A_baseline_locks_itself_when_the_effect_begins()
    {
        Assert.False(IndicatorRules.IsLocked(Disputes, Today));
        Assert.True(IndicatorRules.IsLocked(Disputes, new DateOnly(2027, 1, 1)));
        Assert.False(IndicatorRules.IsLocked(Disputes with { Baseline = Baseline.None }, new DateOnly(2027, 1, 1)));
    }

    [Theory]
    [InlineData("(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60", null)]
    [InlineData("d1.antal × d1.minutter ÷ 60", null)]
    [InlineData("d1.timer", null)]
    [InlineData("(nulpunkt(tvister) − tvister) × d1.minutter", "formlen giver minutter, men indikatoren er i timer. Divider med 60.")]
    [InlineData("tvister × 2", "formlen giver antal, men indikatoren er i timer")]
    [InlineData("d9.antal", "navnet »d9.antal« er ukendt")]
    [InlineData("tid + 1 timer", "Formlen går i ring: tid → tid.")]
    [InlineData("anden", "Formlen går i ring: tid → anden → tid.")]
    [InlineData("nulpunkt + 1 timer", "indikatoren har intet nulpunkt selv")]
    public void A_formula_is_checked_when_it_is_written(string formula, string? problem)
    {
        var found = Check(Calculated(formula), null, null, ("d1", Disputes), ("g1", Calculated("tid × 2", "anden")));
        if (problem is null) Assert.Empty(found);
        else Assert.Contains(problem, Assert.Single(found).What.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_used_once_and_means_nothing_else_in_formulas()
    {
        Assert.Contains("er i brug", Assert.Single(Check(Disputes, null, null, ("g1", Disputes with { Key = "Tvister" }))).What.Danish, StringComparison.Ordinal);
        Assert.Contains("betyder noget andet", Assert.Single(Check(Disputes with { Key = "nulpunkt" })).What.Danish, StringComparison.Ordinal);
        Assert.Contains("begynde med et bogstav", Assert.Single(Check(Disputes with { Key = "1 tvist" })).What.Danish, StringComparison.Ordinal);
        Assert.Contains("mindst det laveste", Assert.Single(Check(Disputes with { Low = 2, High = 1 })).What.Danish, StringComparison.Ordinal);
        Assert.Contains("Vælg den beskedtype", Assert.Single(Check(Disputes with { Kind = IndicatorKind.Counted, Measure = LogMeasure.MessageVolume })).What.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void A_boxs_own_fields_make_its_indicator_until_someone_says_more()
    {
        var box = new ChainElement("g2", ChainKind.Benefit, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty)
            .With(ElementProperty.IndicatorName, "Tid brugt på tvister").With(ElementProperty.IndicatorUnit, "timer/år").With(ElementProperty.IndicatorBaseline, "1000").With(ElementProperty.IndicatorTarget, "0");
        var made = IndicatorDefaults.Of(box, new HashSet<string>(["tid_brugt_på_tvister"]));
        Assert.Equal(("tid_brugt_på_tvister_2", IndicatorKind.ByHand, Gathering.Sum, BetterWhen.Lower), (made.Key, made.Kind, made.Gathering, made.Better));
        Assert.Equal((1000m, 0m), (made.Baseline.Value, made.Target));
        Assert.Equal(IndicatorKind.Described, IndicatorDefaults.Of(box with { Values = box.Values.Clear() }, new HashSet<string>()).Kind);
    }
}
