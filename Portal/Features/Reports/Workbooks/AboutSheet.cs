using System.Globalization;
using Portal.Features.Benefits.Import;
using Portal.Ingestion.Domain;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Workbooks;

/// <summary>The first sheet: what the file is of, when it was drawn, and what each sheet is. Pure.</summary>
internal static class AboutSheet
{
    private static readonly Dictionary<string, string> Sheets = new(StringComparer.Ordinal)
    {
        [OverviewHeadings.Sheet] = "Hvad der ventes år for år, i kolonnerne fra statens gevinstoversigt. Tallene er, som de er aftalt for "
            + "et helt år, fra det år effekten begynder. Er den sandsynlige værdi ikke skønnet, er den målet eller midten af lav og høj. "
            + "Timer og kroner lægges sammen hver for sig, aldrig med hinanden; negative gevinster for sig. Med i en sum er gevinster, "
            + "der måles fra nul, og af to, der tæller det samme, kun den ene. Arket kan rettes og indlæses igen.",
        [BenefitsSheet.Name] = "En række for hver gevinst og hvert tal, de regnes af: nulpunkt og mål, som de er aftalt, hvad der "
            + "er opnået, prognosen, og hvor sikkert det er.",
        [MonthsSheet.Name] = "Månedernes tal. En måned uden tal er en tom celle. Enheden er månedens, ikke årets.",
        [CalculationsSheet.Name] =
            "Hvordan hvert tal er regnet ud, trin for trin. Resultatet er en formel, som regnearket selv regner efter.",
        [MeasurementsSheet.Name] = "Alle tal, der er indtastet, også dem, der er erstattet eller taget tilbage.",
        [BehaviourSheet.Name] = "Om den nye adfærd sker, og hvad der viser det.",
        [HistorySheet.Name] = "Hver ændring af en gevinsts mål, nulpunkt og beskrivelse og af de tal, der regnes med: hvem, hvornår, fra, "
            + "til og hvorfor.",
        [InputsSheet.Name] = "De tal, der regnes med, som de er aftalt: kilde, ejer, fra hvornår og om de er låst.",
    };

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains, string department, WorkbookOrigin? origin, IReadOnlyList<SheetTable> tables)
    {
        List<(string What, SheetCell Cell)> facts = [];
        if (chains.IsPortfolio)
        {
            facts.Add(("Effektkæder", SheetCell.Number(chains.Chains.Count)));
            facts.AddRange(chains.Chains.Select(c => ("", SheetCell.Text(WorkbookChains.TitleOf(c)))));
            facts.Add(("Afdeling", SheetCell.Text(department.Length > 0 ? department : "alle")));
        }
        else
        {
            var chain = chains.Chains[0];
            facts.Add(("Effektkæde", SheetCell.Text(WorkbookChains.TitleOf(chain))));
            facts.Add(("Afdeling", SheetCell.Text(chain.Chain.Department.Length > 0 ? chain.Chain.Department : "ikke angivet")));
        }

        facts.Add(("Periode", SheetCell.Text(chains.Chains.Count > 0
            ? chains.Period.In(DanishFormat.Danish, chains.Chains[0].Today)
            : chains.Period.ToString())));
        if (origin is not null)
        {
            facts.Add(("Trukket (dansk tid)", SheetCell.Moment(origin.At)));
            facts.Add(("Trukket af", SheetCell.Text(origin.By)));
        }
        else if (chains.Chains.Count > 0)
        {
            facts.Add(("Tallene er fra", SheetCell.Day(chains.Chains[0].Today)));
        }

        facts.Add(("Lavet med", SheetCell.Text($"portalen, version {ProgramVersion.Text}")));
        facts.Add(("År 0 i gevinstoversigten", SheetCell.Text(OverviewSheet.YearsOf(chains).First.ToString(CultureInfo.InvariantCulture))));
        facts.Add(("Ark", SheetCell.Text("Hvad det er")));
        var rows = facts.Select(f => Row(f.What, f.Cell)).Concat(tables.Select(t => Row(t.Name, SheetCell.Text(Sheets[t.Name]))));
        return new SheetTable("Om filen", [("Om filen", 26), ("Indhold", 110)], [.. rows]);
    }

    private static IReadOnlyList<SheetCell> Row(string what, SheetCell cell) =>
        [new SheetCell(what.Length > 0 ? what : null, CellLook.Bold), cell];
}
