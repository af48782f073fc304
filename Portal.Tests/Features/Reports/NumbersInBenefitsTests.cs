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
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Storage;
using Portal.Tests.Features.Benefits;
using Portal.Tests.Features.Chains;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>
/// A person number that an earlier rule let into a chain, its indicators, measurements, notes, versions and hints leaves in none of its files,
/// reports and lists. Every text that is stored has one here; every file that is made is read whole.
/// </summary>
public sealed class NumbersInBenefitsTests
{
    private const string Number = "020304-5678", Serial = "04-5678";

    private static ChainDocument Document()
    {
        var document = ChainDocument.Empty with { Title = $"Sag {Number}", Department = $"Team {Number}" };
        var texts = ElementProperty.All.Where(ElementProperty.IsText).Except([ElementProperty.MessageType]).Select(p => (p, $"{p} {Number}")).ToArray();
        foreach (var (id, kind) in (IEnumerable<(string, ChainKind)>)[("b", ChainKind.Benefit), ("n", ChainKind.NewBehaviour), ("p", ChainKind.Problem)])
        {
            document = ChainApply.Apply(document, ChainOperation.Add(id, kind, texts).Changes);
        }

        return ChainLayout.PlaceMissing(ChainApply.Apply(document, new Connect("p", "b", $"Antaget {Number}", "low")));
    }

    private static async Task<BenefitHouse> OpenAsync()
    {
        var house = await BenefitHouse.OpenAsync(Document());
        var text = $"Tekst {Number}";
        var old = new IndicatorDefinition
        {
            Key = "k", Name = text, Unit = "stk", Owner = text, Measurer = text, MeasuringCost = text, Assumptions = text, WhoGains = text, WhoBears = text, CaseType = text,
            Baseline = Baseline.None with { Value = 5, Source = text }, Target = 3,
        };
        await house.KeepAsync("b", old);
        await using var db = await ((IDbContextFactory<PortalDbContext>)house.House).CreateDbContextAsync();
        var (now, day) = (house.House.Time.GetUtcNow(), DanishTime.DateOf(house.House.Time.GetUtcNow()));
        db.Add(new StoredMeasurement { ChainId = house.Chain, ElementId = "b", At = now.AddDays(-5), Value = 4, Note = text, EnteredAt = now, EnteredBy = "Freja", Via = "form" });
        foreach (var kind in Enum.GetValues<NoteKind>())
        {
            db.Add(new StoredBenefitNote
            {
                ChainId = house.Chain, Kind = kind.ToString(), ElementId = kind == NoteKind.Behaviour ? "n" : kind == NoteKind.Conclusion ? "" : "b", Day = day, Answer = nameof(Happens.Yes),
                Text = $"{kind} {Number}", Evidence = text, EnteredAt = now, EnteredBy = "Freja",
            });
        }

        (await db.Set<StoredIndicator>().SingleAsync(i => i.ElementId == "b")).Reason = text;
        db.ChainVersions.Add(new StoredChainVersion { Id = Guid.NewGuid(), ChainId = house.Chain, Name = text, Number = 1, At = now, By = "Freja", Json = "{}" });
        db.HintDismissals.Add(new StoredHintDismissal { ChainId = house.Chain, Hint = "h", Reason = text, At = now, By = "Freja" });
        await db.SaveChangesAsync();
        return house;
    }

    private static string Unpacked(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        return string.Concat(zip.Entries.Select(e => { using var reader = new StreamReader(e.Open()); return reader.ReadToEnd(); }));
    }

    [Fact]
    public async Task None_leaves_in_any_file_report_or_list()
    {
        await using var house = await OpenAsync();
        var summary = (await house.House.Store.FindAsync(house.Viewer, house.Chain, default))!;
        var document = (await house.House.Store.ReadAsync(house.Viewer, house.Chain, default))!;
        var benefits = (await house.Figures.ReadAsync(house.Viewer, house.Chain, Period.YearUpTo(Month.Of(house.House.Time.GetUtcNow())), default))!;
        await using var reports = new ReportHouse();
        var model = reports.Build(benefits);
        var left = new Dictionary<string, string>
        {
            ["list"] = summary.ToString(), ["trash"] = string.Concat(await house.House.Store.TrashAsync(house.Viewer, default)),
            ["json"] = System.Text.Json.JsonSerializer.Serialize(ChainJson.Of(summary, document)),
            ["svg"] = new ChainPicture(ChainHouse.Texts<LayoutTexts>()).Draw(document, DateTimeOffset.UnixEpoch), ["file name"] = ChainFileName.Of(document.Title, "svg"),
            ["workbook"] = Unpacked(BenefitWorkbook.Write(benefits)), ["measurements"] = Encoding.UTF8.GetString(MeasurementCsv.Write(benefits)),
            ["report"] = System.Text.Json.JsonSerializer.Serialize(model), ["all"] = System.Text.Json.JsonSerializer.Serialize(reports.Builder.BuildAll([benefits], $"Team {Number}", benefits.Period, null, null)),
            ["api"] = string.Concat((await house.Store.MeasurementsAsync(house.Viewer, house.Chain, null, null, 10, default))!.Select(m => m.Note)),
            ["versions"] = string.Concat(await house.House.Versions.ListAsync(house.Viewer, house.Chain, default)),
            ["hints"] = string.Concat(await house.House.Dismissals.ListAsync(house.Viewer, house.Chain, default)),
        };
        Assert.Contains("020304-xxxx", left["report"], StringComparison.Ordinal);
        Assert.Contains("020304-xxxx", left["workbook"], StringComparison.Ordinal);
        Assert.All(left, made => Assert.DoesNotContain(Serial, made.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_and_a_hint_are_kept_without_the_number_and_a_reason_is_refused_with_it()
    {
        await using var house = await BenefitHouse.OpenAsync(Document());
        var session = await house.House.SessionAsync(house.Chain);
        Assert.Equal("Før 020304-xxxx", (await house.House.Versions.KeepAsync(house.Viewer, house.Chain, $"Før {Number}", session.State, default))!.Name);
        Assert.True(await house.House.Dismissals.PutAsideAsync(house.Viewer, house.Chain, "h", $"Fordi {Number}", default));
        Assert.Equal("Fordi 020304-xxxx", Assert.Single(await house.House.Dismissals.ListAsync(house.Viewer, house.Chain, default)).Reason);
        var saved = await house.Store.SaveIndicatorAsync(house.Viewer, house.Chain, "b", new IndicatorDefinition { Key = "k", Name = "x" }, $"Fordi {Number}", default);
        Assert.Equal([IndicatorRules.ReasonField], saved.Problems.Select(p => p.Field));
    }
}
