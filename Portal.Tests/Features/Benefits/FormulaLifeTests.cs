using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Reports;
using Portal.Features.Reports.Documents;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Tests.Features.Chains;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>
/// When what a formula names is renamed, deleted or restored, the formula gives a message or the right number, and every page can be shown.
/// </summary>
public sealed class FormulaLifeTests
{
    private static readonly ChainEditor Freja = ChainFixture.Editor("freja");

    private static IndicatorDefinition Formula(string key, string formula, string unit = "") =>
        new() { Key = key, Name = "", Kind = IndicatorKind.Calculated, Formula = formula, Unit = unit };

    private static async Task<BenefitFixture> OpenAsync()
    {
        var document = Enumerable.Range(0, 4).Aggregate(ChainDocument.Empty with { Title = "Formler" }, (d, n) => ChainApply.Apply(
            d, ChainOperation.Add(n == 3 ? "boks 3 – æøå" : $"e{n}", ChainKind.Benefit, (ElementProperty.VolumeLikely, "1200"),
                (ElementProperty.VolumePer, "year")).Changes));
        var fixture = await BenefitFixture.OpenAsync(document);
        Assert.True((await SaveAsync(fixture, "e0", Formula("grund", "100"))).IsDone);
        return fixture;
    }

    private static Task<BenefitOutcome> SaveAsync(BenefitFixture fixture, string box, IndicatorDefinition definition) =>
        fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, box, definition, null, default);

    // The number of a box, or the message shown in its place; also renders everything that shows it.
    private static async Task<(decimal? Value, string? Error)> ReadAsync(BenefitFixture fixture, string box)
    {
        var read = (await fixture.Figures.ReadAsync(
            fixture.Viewer, fixture.Chain, Period.YearUpTo(Month.Of(fixture.Fixture.Time.GetUtcNow())), default))!;
        Assert.NotEmpty(BenefitWorkbook.Write(read));
        Assert.NotEmpty(MeasurementCsv.Write(read));
        Assert.All(read.All, f => Assert.NotNull(ReportRows.Of(read, f, new ReportLanguage(DanishFormat.Danish))));
        var figure = read.All.Single(f => f.Element.Id == box);
        return (figure.Series.Value, (figure.Problem ?? figure.Series.Problem)?.Danish);
    }

    [Fact]
    public async Task A_key_that_is_renamed_while_a_formula_names_it_is_reported_at_the_formula_and_its_old_name_brings_the_number_back()
    {
        await using var fixture = await OpenAsync();
        Assert.True((await SaveAsync(fixture, "e1", Formula("dobbelt", "grund × 2"))).IsDone);
        Assert.Equal(200, (await ReadAsync(fixture, "e1")).Value);
        var renamed = await SaveAsync(fixture, "e0", Formula("nyt", "100"));
        if (renamed.IsDone)
        {
            var (value, error) = await ReadAsync(fixture, "e1");
            Assert.Null(value);
            Assert.Contains("grund", error, StringComparison.Ordinal);
            Assert.True((await SaveAsync(fixture, "e0", Formula("GRUND", "100"))).IsDone);
        }
        else
        {
            Assert.All(renamed.Problems, p => Assert.NotEmpty(p.Text.Danish));
        }

        Assert.Equal((200m, null), await ReadAsync(fixture, "e1"));
    }

    [Fact]
    public async Task A_box_that_a_formula_names_is_deleted_and_taken_back()
    {
        await using var fixture = await OpenAsync();
        Assert.True((await SaveAsync(fixture, "e1", Formula("a", "grund × 2"))).IsDone);
        Assert.True((await SaveAsync(fixture, "e2", Formula("b", "[boks 3 – æøå].antal ÷ 2", "stk"))).IsDone);
        Assert.Equal(50, (await ReadAsync(fixture, "e2")).Value);
        var session = await fixture.Fixture.SessionAsync(fixture.Chain);
        foreach (var (gone, formula, value) in new[] { ("e0", "e1", 200m), ("boks 3 – æøå", "e2", 50m) })
        {
            await session.ApplyAsync(Freja, ChainOperation.Of(new DeleteElement(gone)), default);
            var preview = await ReadAsync(fixture, formula);
            Assert.Null(preview.Value);
            Assert.False(string.IsNullOrWhiteSpace(preview.Error));
            await session.UndoAsync(Freja, default);
            Assert.Equal((value, null), await ReadAsync(fixture, formula));
        }
    }

    [Theory]
    [InlineData("((((((((((((((((((((1))))))))))))))))))))", "", "1")]
    [InlineData("GRUND + Grund + grund", "", "300")]
    [InlineData("50 % × 50 % × 50 %", "", "0.125")]
    [InlineData("grund × 12,5 %", "", "12.5")]
    [InlineData("1 ÷ 0,001", "", "1000")]
    [InlineData("-5 − 10", "", "-15")]
    [InlineData("90 min ÷ 45 min", "", "2")]
    [InlineData("90 min ÷ 60", "timer", "1.5")]
    [InlineData("1000 kr. ÷ 10 kr.", "", "100")]
    [InlineData("2 − 3 − 4", "", "-5")]
    [InlineData("2 ÷ 4 ÷ 5", "", "0.1")]
    [InlineData("[e0].antal", "stk", "100")]
    [InlineData("[boks 3 – æøå].antal", "stk", "100")]
    [InlineData("e0.ANTAL", "stk", "100")]
    [InlineData("1+1", "", "2")]
    [InlineData("0 ÷ 5", "", "0")]
    [InlineData("999.999.999.999 + 1", "", "1000000000000")]
    public async Task A_formula_that_can_be_worked_out_gives_the_right_number(string formula, string unit, string value)
    {
        await using var fixture = await OpenAsync();
        var saved = await SaveAsync(fixture, "e1", Formula("x", formula, unit));
        Assert.True(saved.IsDone, string.Join(' ', saved.Problems.Select(p => p.Text.Danish)));
        var (worked, error) = await ReadAsync(fixture, "e1");
        Assert.Null(error);
        Assert.Equal(value, Math.Round(worked!.Value, 6).ToString("0.######", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1 ÷ 0")]
    [InlineData("1 ÷ (grund − grund)")]
    [InlineData("1 ÷ 0,0000000000000000000000000001")]
    [InlineData("999.999.999.999 × 2")]
    [InlineData("(((1)")]
    [InlineData("1))")]
    [InlineData("()")]
    [InlineData("grund grund")]
    [InlineData("grund + 5 min")]
    [InlineData("5 kr. − 5 min")]
    [InlineData("x")]
    [InlineData("x + 1")]
    [InlineData("ukendt")]
    [InlineData("[ukendt boks].antal")]
    [InlineData("[e0.antal")]
    [InlineData("[e0].vægt")]
    [InlineData("grund ^ 2")]
    [InlineData("=grund")]
    [InlineData("SUM(grund)")]
    [InlineData("grund; 5")]
    [InlineData("𝟙 + 1")]
    [InlineData("grund\u200B + 1 +")]
    [InlineData("1,2,3")]
    [InlineData("1..2")]
    [InlineData("× 5")]
    [InlineData("5 ×")]
    [InlineData("%")]
    [InlineData("5 % %")]
    public async Task One_that_cannot_is_a_message_at_the_formula(string formula)
    {
        await using var fixture = await OpenAsync();
        var saved = await SaveAsync(fixture, "e1", Formula("x", formula));
        var text = saved.IsDone
            ? (await ReadAsync(fixture, "e1")).Error
            : Assert.Single(saved.Problems, p => p.Field == nameof(IndicatorDefinition.Formula)).Text.Danish;
        Assert.False(string.IsNullOrWhiteSpace(text));
        Assert.Equal(100, (await ReadAsync(fixture, "e0")).Value);
    }

    [Theory]
    [InlineData("grund", "Key")]
    [InlineData("Grund", "Key")]
    [InlineData("to ord", "Key")]
    [InlineData("", "Key")]
    [InlineData("1a", "Key")]
    [InlineData("a-b", "Key")]
    [InlineData("nulpunkt", "Key")]
    [InlineData("n_0203045678", "Key")]
    [InlineData("😀", "Key")]
    [InlineData("æøå_Ünïcode9", null)]
    [InlineData("名前", null)]
    public async Task A_key_is_taken_or_reported_at_its_field(string key, string? field)
    {
        await using var fixture = await OpenAsync();
        var saved = await SaveAsync(fixture, "e1", Formula(key, "1"));
        Assert.Equal(field, saved.Problems.Select(p => p.Field).FirstOrDefault());
        if (field is null)
            Assert.True((await SaveAsync(fixture, "e2", Formula("y", $"{key} × 3"))).IsDone && (await ReadAsync(fixture, "e2")).Value == 3);
    }
}
