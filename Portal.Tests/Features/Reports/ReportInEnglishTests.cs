using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Portal.Features.Benefits.Figures;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Examples;
using Portal.Features.Demo;
using Portal.Features.Reports;
using Portal.Features.Reports.Documents;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;
using Portal.Tests.Features.Benefits;
using Portal.Tests.Platform.Documents;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>English reports hold no Danish but what people wrote in the chain.</summary>
public sealed partial class ReportInEnglishTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    // Words that no English sentence has.
    private static readonly string[] Function =
    [
        "og", "eller", "ikke", "er", "af", "til", "på", "med", "som", "den", "det", "der", "fra", "har", "bliver", "skal", "kan", "ved",
        "om", "året", "måned", "måneder", "timer", "ingen", "intet", "mål", "nulpunkt", "ejer", "tvister", "gevinst", "sagerne", "hver",
        "begynder", "hvem", "holder", "stedet", "kl", "jan.", "beskeder", "breve", "maj", "oktober",
    ];

    [Fact]
    public async Task The_demos_reports_have_no_Danish_word_in_English()
    {
        await using var reports = new ReportFixture();
        await using var fixture = await BenefitFixture.OpenAsync();
        fixture.Fixture.Time.SetUtcNow(Given.Now);
        var last = Month.Of(2026, 11);
        fixture.Counts.Counts = new LetterCounts([(last, Verdict.Delivered.ToWire(), 5, 22), (last, Verdict.Failed.ToWire(), 0, 26)]);
        var chains = new List<ChainBenefits>();
        foreach (var example in new ChainExamples().All) await fixture.Fixture.MakeAsync(example.Document, $"demo-{example.Id}");
        await new DemoBenefits(fixture.Store, new PortalSettings(), fixture.Fixture.Time).RunAsync(default);
        foreach (var example in new ChainExamples().All)
            chains.Add((await fixture.Figures.ReadAsync(fixture.Viewer, $"demo-{example.Id}", Period.YearUpTo(last), default))!);
        Assert.True(chains.Count > 2);
        var documents = chains.Select(c => reports.Build(c)).Append(reports.Builder.BuildAll(chains, "", Given.Year, null, null))
            .Select(r => r with { Number = 3, Issued = new ReportIssued(Given.Now, "Demo") })
            .Select(r => (Danish: ReportDocumentBuilder.Build(r, DanishFormat.Danish), English: ReportDocumentBuilder.Build(r, English)));
        var own = Written(chains);
        foreach (var (danish, english) in documents)
        {
            Assert.Empty(Leftovers(english, own));
            Assert.NotEmpty(Leftovers(danish, own));
        }
    }

    // The Danish words and Danish resource values that are in the document outside what people wrote.
    private static List<string> Leftovers(Document document, IReadOnlyList<string> own)
    {
        var found = new List<string>();
        foreach (var text in DocumentWords.Of(document).Select(ReportReading.Plain))
        {
            // The ledger's signed text is the same in every language.
            if (text.StartsWith("portal.local/", StringComparison.Ordinal)) continue;
            var left = own.Aggregate(text, (rest, written) => rest.Replace(written, " ", StringComparison.OrdinalIgnoreCase));

            // Texts in a picture are broken into lines; what is a part of something written is no word of the portal's.
            var line = text[(text.IndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..].Trim();
            if (own.Any(w => w.Contains(line, StringComparison.OrdinalIgnoreCase))) continue;
            if (Word().Matches(left).Select(m => m.Value).Any(w => Function.Contains(w, StringComparer.OrdinalIgnoreCase))
                || Values.Contains(left.Trim()))
            {
                found.Add(text);
            }
        }

        return found;
    }

    // Everything that people wrote: the chain's boxes, and what is agreed, measured and noted. Longest first.
    private static IReadOnlyList<string> Written(IEnumerable<ChainBenefits> chains)
    {
        var texts = new List<string?>();
        foreach (var chain in chains)
        {
            texts.AddRange([chain.Document.Title, chain.Document.Department]);
            texts.AddRange(ChainOrder.Read(chain.Document).SelectMany(b => b.Values.Values.Append($"{b.Who} {b.Start}")));
            foreach (var figure in chain.All)
            {
                var d = figure.Definition;
                texts.AddRange([d.Name, d.Owner, d.Measurer, d.Assumptions, d.WhoGains, d.WhoBears, d.WhoChanges, d.MeasuringCost, d.Risk,
                    d.RiskResponse, d.TimeUse, d.TimeUseOwner, d.Baseline.Source, d.Baseline.LockedBy]);
                texts.AddRange(figure.Causes.Concat(figure.OtherCauses).Concat(figure.FollowUps).SelectMany(Notes));
            }

            texts.AddRange(chain.Unplanned.Concat(chain.Decisions).Concat(chain.Behaviours.SelectMany(b => b.Notes)).SelectMany(Notes));
            texts.AddRange(chain.Inputs.Facts.SelectMany(f => f.Versions).SelectMany(v => new[] { v.Source, v.Owner, v.Reason }));
        }

        return [.. texts.OfType<string>().Select(t => ReportReading.Plain(t).Trim().TrimEnd('.')).Where(t => t.Length > 2).Distinct()
            .OrderByDescending(t => t.Length)];
    }

    private static IEnumerable<string?> Notes(Portal.Features.Benefits.Keeping.BenefitNote note) => [note.Text, note.Evidence];

    // Danish texts that differ from the English ones and have no places to fill.
    private static readonly HashSet<string> Values = [.. Resources().SelectMany(file =>
    {
        var english = Read(file.Replace(".resx", ".en.resx", StringComparison.Ordinal)).ToDictionary();
        return Read(file).Where(t => !t.Value.Contains('{', StringComparison.Ordinal) && t.Value.Length > 3
            && english.TryGetValue(t.Key, out var other) && other != t.Value).Select(t => t.Value);
    })];

    private static IEnumerable<string> Resources() =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "Portal", "Features"), "*.resx", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".en.resx", StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, string>> Read(string file) => XDocument.Load(file).Root!.Elements("data")
        .Select(e => KeyValuePair.Create(e.Attribute("name")!.Value, e.Element("value")!.Value));

    [GeneratedRegex(@"[\p{L}]+\.?", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
