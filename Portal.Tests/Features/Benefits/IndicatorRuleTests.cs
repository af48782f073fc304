using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Chains.Document;
using Xunit;

namespace Portal.Tests.Features.Benefits;

public sealed class IndicatorRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly ChainDocument Chain = ChainApply.Apply(ChainDocument.Empty, ChainOperation.Add("d1", ChainKind.Problem,
        (ElementProperty.VolumeLow, "500"), (ElementProperty.VolumeHigh, "600"), (ElementProperty.MinutesEach, "109")).Changes);

    private static readonly IndicatorDefinition Disputes = new()
    {
        Key = "tvister", Name = "Tvister", Kind = IndicatorKind.ByHand, Unit = "tvister/år", Gathering = Aggregation.Sum, Better =
            BetterWhen.Lower, Baseline = new Baseline(550, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "journal", null, null),
        EffectFrom = new DateOnly(2027, 1, 1),
    };

    private static IndicatorDefinition Calculated(string formula, string key = "tid", string unit = "timer/år") =>
        new() { Key = key, Name = "", Kind = IndicatorKind.Calculated, Formula = formula, Unit = unit };

    private static IReadOnlyList<IndicatorProblem> Check(IndicatorDefinition wanted, IndicatorDefinition? before = null,
        string? reason = null, params (string Id, IndicatorDefinition Of)[] others) =>
        IndicatorRules.Check(
            new IndicatorChange(
                "g2", wanted, before is null ? [] : [new IndicatorVersion(1, before, DateTimeOffset.UnixEpoch, "Freja", null)], reason),
            others.ToDictionary(o => o.Id, o => o.Of), InputBook.Of(Chain), Today);

    [Fact]
    public void A_baseline_that_was_measured_after_the_effect_began_is_refused()
    {
        var problem = Assert.Single(Check(Disputes with { EffectFrom = new DateOnly(2025, 6, 1) }));
        Assert.Equal(nameof(Baseline.To), problem.Field);
        Assert.Contains("før effekten begynder (01.06.2025)", problem.Text.Danish, StringComparison.Ordinal);
        Assert.Single(Check(Disputes with { EffectFrom = new DateOnly(2025, 12, 31) }));
        Assert.Empty(Check(Disputes with { EffectFrom = new DateOnly(2026, 1, 1) }));
    }

    [Fact]
    public void A_day_for_a_target_needs_the_target_unless_it_stood_alone_before()
    {
        var day = Disputes with { TargetOn = new DateOnly(2027, 12, 31) };
        Assert.Equal([nameof(IndicatorDefinition.Target)], Check(day).Select(p => p.Field));
        Assert.Single(Check(Disputes with { TargetFrom = new DateOnly(2027, 12, 1) }));
        Assert.Empty(Check(day with { Target = 0 }));
        Assert.Empty(Check(day with { Owner = "P. Madsen" }, day));
        Assert.Single(Check(day, day with { Target = 0 }));
        Assert.Empty(Check(day with { Kind = IndicatorKind.Described }));
    }

    [Fact]
    public void A_text_that_looks_like_a_person_number_is_refused_at_its_field() =>
        Assert.Equal([nameof(IndicatorDefinition.Owner)], Check(Disputes with { Owner = "P. Madsen 010101-1234" }).Select(p => p.Field));

    [Fact]
    public void A_locked_baseline_is_changed_with_a_reason_only()
    {
        var locked = Disputes with { Baseline = Disputes.Baseline with { LockedAt = DateTimeOffset.UnixEpoch, LockedBy = "Freja" } };
        var changed = locked with { Baseline = locked.Baseline with { Value = 600 } };
        Assert.Contains("Det her er aftalt og låst", Assert.Single(Check(changed, locked)).Text.Danish, StringComparison.Ordinal);
        Assert.Single(Check(changed, locked, "  "));
        Assert.Empty(Check(changed, locked, "Journalen var talt forkert"));
        Assert.Empty(Check(locked with { Owner = "P. Madsen" }, locked));
        Assert.Empty(Check(changed, Disputes));
    }

    [Fact]
    public void A_baseline_locks_itself_when_the_effect_begins()
    {
        Assert.False(BaselineLock.IsLocked(Disputes, Today));
        Assert.True(BaselineLock.IsLocked(Disputes, new DateOnly(2027, 1, 1)));
        Assert.False(BaselineLock.IsLocked(Disputes with { Baseline = Baseline.None }, new DateOnly(2027, 1, 1)));
    }

    [Fact]
    public void What_is_locked_once_stays_locked_whatever_is_said_of_the_effect_later()
    {
        var locked = Disputes with { EffectFrom = new DateOnly(2026, 1, 1) };
        foreach (var opened in new[] { locked with { EffectFrom = null }, locked with { EffectFrom = new DateOnly(2027, 6, 1) } })
        {
            var problem = Assert.Single(Check(opened, locked));
            Assert.Equal(IndicatorRules.ReasonField, problem.Field);
            Assert.Contains("effekten begynder 01.01.2026 → ", problem.Text.Danish, StringComparison.Ordinal);
            Assert.Empty(Check(opened, locked, "Driften begyndte senere"));

            // Opened with a reason, or by an older version without one: still locked.
            IndicatorVersion[] history = [new(1, locked, DateTimeOffset.UnixEpoch.AddYears(56), "Freja", null), new(
                2, opened, new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero), "Freja", null)];
            Assert.True(BaselineLock.IsLocked(history, Today));
            var change = new IndicatorChange("g2", opened with { Baseline = opened.Baseline with { Value = 1 } }, history, null);
            Assert.Contains("nulpunkt 550 tvister → 1 tvist", Assert.Single(IndicatorRules.Check(
                change, new Dictionary<string, IndicatorDefinition>(), InputBook.Of(Chain), Today)).Text.Danish, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_was_emptied_with_a_reason_is_not_filled_again_without_one()
    {
        var locked = Disputes with { EffectFrom = new DateOnly(2026, 1, 1) };
        var emptied = locked with { Baseline = locked.Baseline with { Value = null } };
        IndicatorVersion[] history = [new(1, locked, DateTimeOffset.UnixEpoch.AddYears(56), "Freja", null), new(
            2, emptied, new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero), "Freja", "talt forkert")];
        Assert.Single(IndicatorRules.Check(new IndicatorChange("g2", locked with { Baseline = locked.Baseline with { Value = 600 } },
            history, null), new Dictionary<string, IndicatorDefinition>(), InputBook.Of(Chain), Today));
    }

    [Fact]
    public void Unit_kind_direction_and_gathering_are_locked_with_the_baseline()
    {
        var locked = Disputes with { EffectFrom = new DateOnly(2026, 1, 1) };
        foreach (var (changed, text) in new[]
        {
            (locked with { Unit = "sager/år" }, "enhed tvister/år → sager/år"), (locked with { Kind = IndicatorKind.Counted },
                "tallene indtastes → tælles"), (locked with { Better = BetterWhen.Higher }, "bedst er lavere → højere"),
            (locked with { Gathering = Aggregation.Average }, "månederne lægges sammen → gennemsnit"),
            (locked with { Baseline = locked.Baseline with { From = new DateOnly(2024, 1, 1) } }, "målt fra 01.01.2025 → 01.01.2024"),
        })
        {
            Assert.Contains(text, Assert.Single(Check(changed, locked)).Text.Danish, StringComparison.Ordinal);
            Assert.Empty(Check(changed, locked, "målt forkert"));
            Assert.Empty(Check(changed, Disputes));
        }
    }

    [Fact]
    public void A_key_that_is_taken_is_reported_at_its_field_next_to_a_formula_too()
    {
        var problems = Check(Calculated("1 timer", "tvister"), null, null, ("d1", Disputes), ("g3", Disputes with { Key = "TVISTER" }));
        Assert.Equal(nameof(IndicatorDefinition.Key), Assert.Single(problems).Field);
    }

    [Theory]
    [InlineData("(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60", null)]
    [InlineData("(nulpunkt(tvister) − tvister) × 45 min ÷ 60", null)]
    [InlineData("(nulpunkt(tvister) − tvister) × 45 ÷ 60", "Skriv min bag det tal, der er minutter, fx × 45 min ÷ 60.")]
    [InlineData("50000000000000000000000000000", "tallet bliver større end 1.000.000.000.000")]
    [InlineData("1000000000000 × 2 timer", "Tegn 15: tallet bliver større end 1.000.000.000.000")]
    [InlineData("1 ÷ 0,0000000000000000000000000001", "tallet bliver større end 1.000.000.000.000")]
    [InlineData("d1.antal × d1.minutter ÷ 60", null)]
    [InlineData("d1.timer", null)]
    [InlineData("(nulpunkt(tvister) − tvister) × d1.minutter", "formlen giver minutter, men målingen er i timer. Divider med 60.")]
    [InlineData("tvister × 2", "formlen giver antal, men målingen er i timer")]
    [InlineData("d9.antal", "navnet »d9.antal« er ukendt")]
    [InlineData("tid + 1 timer", "Formlen henviser til sig selv: tid → tid.")]
    [InlineData("anden", "Formlen henviser til sig selv: tid → anden → tid.")]
    [InlineData("nulpunkt + 1 timer", "målingen har intet nulpunkt selv")]
    public void A_formula_is_checked_when_it_is_written(string formula, string? problem)
    {
        var found = Check(
            Calculated(formula) with { Gathering = Aggregation.Sum }, null, null, ("d1", Disputes), ("g1", Calculated("tid × 2", "anden")));
        if (problem is null) Assert.Empty(found);
        else Assert.Contains(problem, Assert.Single(found).Text.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_used_once_and_means_nothing_else_in_formulas()
    {
        Assert.Contains("er i brug", Assert.Single(Check(Disputes, null, null, ("g1", Disputes with { Key = "Tvister" }))).Text.Danish,
            StringComparison.Ordinal);
        Assert.Contains(
            "betyder noget andet", Assert.Single(Check(Disputes with { Key = "nulpunkt" })).Text.Danish, StringComparison.Ordinal);
        Assert.Contains(
            "begynde med et bogstav", Assert.Single(Check(Disputes with { Key = "1 tvist" })).Text.Danish, StringComparison.Ordinal);
        Assert.Contains(
            "mindst det laveste", Assert.Single(Check(Disputes with { Low = 2, High = 1 })).Text.Danish, StringComparison.Ordinal);
        Assert.Contains("Vælg den beskedtype", Assert.Single(Check(
            Disputes with { Kind = IndicatorKind.Counted, Measure = LogMeasure.MessageVolume })).Text.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void A_boxs_own_fields_make_its_indicator_until_someone_says_more()
    {
        var box = new ChainElement("g2", ChainKind.Benefit, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty)
            .With(ElementProperty.IndicatorName, "Tid brugt på tvister").With(ElementProperty.IndicatorUnit, "timer/år")
            .With(ElementProperty.IndicatorBaseline, "1000").With(ElementProperty.IndicatorTarget, "0");
        var made = IndicatorDefaults.Of(box, new HashSet<string>(["tid_brugt_på_tvister"]));
        Assert.Equal(("tid_brugt_på_tvister_2", IndicatorKind.ByHand, Aggregation.Sum, BetterWhen.Lower),
            (made.Key, made.Kind, made.Gathering, made.Better));
        Assert.Equal((1000m, 0m), (made.Baseline.Value, made.Target));
        Assert.Equal(IndicatorKind.Described, IndicatorDefaults.Of(box with { Values = box.Values.Clear() }, new HashSet<string>()).Kind);
    }
}
