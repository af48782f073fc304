using Portal.Platform.Documents.Model;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Exchange;
using Portal.Features.Chains.Layout;
using Portal.Features.Chains.Pictures;
using Portal.Features.Chains.Storage;
using Portal.Features.Reports;
using Portal.Features.Reports.Workbooks;
using Portal.Features.Reports.Documents;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Storage;
using Portal.Platform.Text;
using Portal.Tests.Features.Benefits;
using Portal.Tests.Features.Chains;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>
/// A person number that an earlier rule let into a chain, its indicators, measurements, notes, versions and hints is in none of the files,
/// reports and lists made from them. Every stored text has one here; every file made is searched in full.
/// </summary>
public sealed class NumbersInBenefitsTests
{
    private const string Number = "020304-5678", Serial = "04-5678";

    private static ChainDocument Document()
    {
        var document = ChainDocument.Empty with { Title = $"Sag {Number}", Department = $"Team {Number}" };
        var texts = ElementProperty.All.Where(ElementProperty.IsText).Except([ElementProperty.MessageType])
            .Select(p => (p, $"{p} {Number}")).ToArray();
        foreach (var (id,
            kind) in (IEnumerable<(string, ChainKind)>)[("b", ChainKind.Benefit), ("n", ChainKind.NewBehaviour), ("p", ChainKind.Problem)])
        {
            document = ChainApply.Apply(document, ChainOperation.Add(id, kind, texts).Changes);
        }

        return ChainLayout.PlaceMissing(ChainApply.Apply(document, new Connect("p", "b", $"Antaget {Number}", "low")));
    }

    private static async Task<BenefitFixture> OpenAsync()
    {
        var fixture = await BenefitFixture.OpenAsync(Document());
        var text = $"Tekst {Number}";
        var old = new IndicatorDefinition
        {
            Key = "k", Name = text, Unit = "stk", Owner = text, Measurer = text, MeasuringCost = text, Assumptions = text, WhoGains = text,
            WhoBears = text, WhoChanges = text,
            Stakeholders = text, Risk = text, RiskResponse = text, TimeUse = text, TimeUseOwner = text, CaseType = text,
            Baseline = Baseline.None with { Value = 5, Source = text }, Target = 3,
        };
        await fixture.KeepAsync("b", old);
        await using var db = await ((IDbContextFactory<PortalDbContext>)fixture.Fixture).CreateDbContextAsync();
        var (now, day) = (fixture.Fixture.Time.GetUtcNow(), DanishTime.DateOf(fixture.Fixture.Time.GetUtcNow()));
        db.Add(new StoredMeasurement { ChainId = fixture.Chain, ElementId = "b", At = now.AddDays(-5), Value = 4, Note = text,
            EnteredAt = now, EnteredBy = "Freja", Via = "form" });
        foreach (var kind in Enum.GetValues<NoteKind>())
        {
            db.Add(new StoredBenefitNote
            {
                ChainId = fixture.Chain, Kind = kind.ToString(), ElementId =
                    kind == NoteKind.Behaviour ? "n" : kind == NoteKind.Conclusion ? "" : "b", Day = day, Answer = nameof(Occurrence.Yes),
                Text = $"{kind} {Number}", Evidence = text, EnteredAt = now, EnteredBy = "Freja",
            });
        }

        (await db.Set<StoredIndicator>().SingleAsync(i => i.ElementId == "b")).Reason = text;
        db.ChainVersions.Add(new StoredChainVersion { Id = Guid.NewGuid(), ChainId = fixture.Chain, Name = text, Number = 1, At = now,
            By = "Freja", Json = "{}" });
        db.HintDismissals.Add(new StoredHintDismissal { ChainId = fixture.Chain, Hint = "h", Reason = text, At = now, By = "Freja" });
        await db.SaveChangesAsync();
        return fixture;
    }

    private static string Unpacked(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        return string.Concat(zip.Entries.Select(e => { using var reader = new StreamReader(e.Open()); return reader.ReadToEnd(); }));
    }

    [Fact]
    public async Task None_leaves_in_any_file_report_or_list()
    {
        await using var fixture = await OpenAsync();
        var summary = (await fixture.Fixture.Store.FindAsync(fixture.Viewer, fixture.Chain, default))!;
        var document = (await fixture.Fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!;
        var benefits = (await fixture.Figures.ReadAsync(
            fixture.Viewer, fixture.Chain, Period.YearUpTo(Month.Of(fixture.Fixture.Time.GetUtcNow())), default))!;
        await using var reports = new ReportFixture();
        var model = reports.Build(benefits);
        var left = new Dictionary<string, string>
        {
            ["list"] = summary.ToString(), ["trash"] = string.Concat(await fixture.Fixture.Store.TrashAsync(fixture.Viewer, default)),
            ["json"] = System.Text.Json.JsonSerializer.Serialize(ChainJson.Of(summary, document)),
            ["svg"] = new ChainPicture(ChainFixture.Texts<LayoutTexts>()).Draw(document, DateTimeOffset.UnixEpoch).ToSvg(),
            ["file name"] = ChainFileName.Of(document.Title, "svg"), ["workbook"] = Unpacked(BenefitWorkbook.Write(benefits)),
            ["measurements"] = Encoding.UTF8.GetString(MeasurementCsv.Write(benefits)),
            ["report"] = DocumentJson.Write(ReportDocumentBuilder.Build(model, DanishFormat.Danish)),
            ["english"] = DocumentJson.Write(ReportDocumentBuilder.Build(model, System.Globalization.CultureInfo.GetCultureInfo("en"))),
            ["all"] = DocumentJson.Write(ReportDocumentBuilder.Build(
                reports.Builder.BuildAll([benefits], $"Team {Number}", benefits.Period, null, null), DanishFormat.Danish)),
            ["api"] = string.Concat(
                (await fixture.Store.MeasurementsAsync(fixture.Viewer, fixture.Chain, null, null, 10, default))!.Select(m => m.Note)),
            ["versions"] = string.Concat(await fixture.Fixture.Versions.ListAsync(fixture.Viewer, fixture.Chain, default)),
            ["hints"] = string.Concat(await fixture.Fixture.Dismissals.ListAsync(fixture.Viewer, fixture.Chain, default)),
        };
        Assert.Contains("020304-xxxx", left["report"], StringComparison.Ordinal);
        Assert.Contains("020304-xxxx", left["workbook"], StringComparison.Ordinal);
        Assert.All(left, made => Assert.DoesNotContain(Serial, made.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_and_a_hint_are_kept_without_the_number_and_a_reason_is_refused_with_it()
    {
        await using var fixture = await BenefitFixture.OpenAsync(Document());
        var session = await fixture.Fixture.SessionAsync(fixture.Chain);
        Assert.Equal("Før 020304-xxxx",
            (await fixture.Fixture.Versions.SaveAsync(fixture.Viewer, fixture.Chain, $"Før {Number}", session.State, default))!.Name);
        Assert.True(await fixture.Fixture.Dismissals.PutAsideAsync(fixture.Viewer, fixture.Chain, "h", $"Fordi {Number}", default));
        Assert.Equal(
            "Fordi 020304-xxxx", Assert.Single(await fixture.Fixture.Dismissals.ListAsync(fixture.Viewer, fixture.Chain, default)).Reason);
        var saved = await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "b", new IndicatorDefinition { Key = "k", Name = "x" }, $"Fordi {Number}", default);
        Assert.Equal([IndicatorRules.ReasonField], saved.Problems.Select(p => p.Field));
    }
}
