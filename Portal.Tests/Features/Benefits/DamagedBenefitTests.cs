using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Reports;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain.Time;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>A benefit row that cannot be read does not keep the others from being read, counted and exported.</summary>
public sealed class DamagedBenefitTests
{
    // Only SQLite: PostgreSQL's typed columns reject these values in place of a number or a day.
    public static TheoryData<string> Damages =>
    [
        .. ((string[])["''", "'{'", "'null'", "'{}'", "'[1]'", """'{"kind":"vanished"}'""", """'{"baseline":null}'""", "x'ff00fe'"])
            .Select(v => $"""UPDATE "Indicators" SET "Json" = {v} WHERE "Version" = 2"""),
        .. ((string[])["'x'", "''", "'99999999999999999999999999999999'", "x'ff'"])
            .Select(v => $"""UPDATE "Measurements" SET "Value" = {v} WHERE "Id" = 1"""),
        .. ((string[])["-1", "9223372036854775807", "5"])
            .Select(v => $"""UPDATE "Measurements" SET "At" = {v}, "EnteredAt" = {v} WHERE "Id" = 1"""),
        .. ((string[])["'x'", "''", "'7'", "x'ff'"]).Select(v => $"""UPDATE "BenefitNotes" SET "Kind" = {v} WHERE "Id" = 1"""),
        .. ((string[])["'x'", "''"]).Select(v => $"""UPDATE "BenefitNotes" SET "Answer" = {v} WHERE "Id" = 1"""),
        .. ((string[])["'x'", "''", "'2026-13-45'", "-1", "'1850-01-01'"])
            .Select(v => $"""UPDATE "BenefitNotes" SET "Day" = {v} WHERE "Id" = 1"""),
        """UPDATE "BenefitNotes" SET "EnteredAt" = -1""", """UPDATE "Indicators" SET "At" = 9223372036854775807""",
    ];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task The_rows_around_a_damaged_row_are_read_counted_and_exported(string damage)
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var now = fixture.Fixture.Time.GetUtcNow();
        await fixture.KeepAsync("d1", new IndicatorDefinition { Key = "tvister", Name = "Tvister", Unit = "tvister/år" });
        await fixture.KeepAsync("d1", new IndicatorDefinition { Key = "tvister", Name = "Tvister", Unit = "tvister/år", Owner = "Ny" });
        await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain,
            [new NewMeasurement("d1", now.AddDays(-40), 4, null), new NewMeasurement("d1", now.AddDays(-5), 6, null)], "form", default);
        foreach (var text in (string[])["et", "to"])
        {
            Assert.True((await fixture.Store.AddNoteAsync(fixture.Viewer, fixture.Chain, NoteKind.Behaviour, "b1", DanishTime.DateOf(now),
                Occurrence.Yes, text, null, default)).IsDone);
        }

        await using (var db = fixture.Fixture.CreateDbContext())
        {
            Assert.NotEqual(0, await db.Database.ExecuteSqlRawAsync(
                damage.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));
        }

        var records = (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!;
        Assert.Equal("tvister", records.Indicators["d1"][^1].Definition.Key);
        Assert.Contains(records.Measurements, m => m.Value == 6);
        Assert.Contains(records.Notes, n => n.Text == "to");
        Assert.NotNull(await fixture.Store.MeasurementsAsync(fixture.Viewer, fixture.Chain, null, null, 10, default));
        var read =
            (await fixture.Figures.ReadAsync(fixture.Viewer, fixture.Chain, new Period(Month.Of(now) + -11, Month.Of(now)), default))!;
        Assert.NotEmpty(BenefitWorkbook.Write(read));
        Assert.NotEmpty(await new MeasuredBoxes(fixture.Fixture, fixture.Fixture.Node())
            .ListAsync(fixture.Viewer, [fixture.Chain], default));
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(9999 * 12)]
    [InlineData(int.MaxValue)]
    public void A_month_of_any_number_has_days(int number)
    {
        var month = new Month(number);
        Assert.True(month.First < month.Last && month.Begins < month.Ends);
        Assert.Equal(7, month.ToString().Length);
    }
}
