using System.IO.Compression;
using System.Text;
using CsCheck;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Indicators;
using Xunit;

namespace Portal.Tests.Features.Benefits.Import;

/// <summary>Reading a benefit overview from a spreadsheet, whatever is in the file.</summary>
public sealed class OverviewReaderTests
{
    private static readonly byte[] Valid = HandMade.Of(
        ["Gevinst", "Type", "Ejer", "Enhed", "År 0 lav", "År 0 sandsynlig", "År 0 høj"],
        ["Mindre spildtid", "frigjort tid", "Holm", "timer/år", 1, 2, 3]);

    private static OverviewRow Row(params object?[][] rows)
    {
        var read = OverviewReader.Read(HandMade.Of(rows));
        Assert.Null(read.Problem);
        return Assert.Single(read.Rows);
    }

    [Fact]
    public void Headings_are_found_in_any_order_case_and_spacing_below_other_rows()
    {
        var row = Row(
            ["Gevinstoversigt for projekt Post"], [], ["HØJ ÅR 1", "ejer*", "  gevinst ", "Gevinsttype", "Sandsynlighed", "Ukendt"],
            [1_234.5, "P. Madsen", "Mindre spildtid", "Frigjort  tid", "Stor", "x"]);
        Assert.Equal((4, "Mindre spildtid", "P. Madsen"), (row.Number, row.Text, row.Owner));
        Assert.Equal((BenefitForm.Time, RiskLikelihood.High, 1_234.5m), (row.Form!.Value, row.Likelihood!.Value, row.High!.Value));
        Assert.Empty(row.Problems);
        Assert.Equal(["Ukendt"], OverviewReader.Read(HandMade.Of(["Gevinst", "Ejer", "Ukendt"], ["a", "b", "c"])).Unused);
    }

    [Fact]
    public void Headings_in_two_rows_are_read_together_and_the_first_year_with_an_estimate_counts()
    {
        var row = Row(
            [null, "År 0", null, null, "År 1"], ["Gevinst", "lav", "sandsynlig", "høj", "lav", "sandsynlig", "høj"],
            ["Mindre porto", null, null, 30, 10, 20, 31]);
        Assert.Equal((10m, 20m, 30m), (row.Low!.Value, row.Likely!.Value, row.High!.Value));
    }

    [Fact]
    public void Danish_and_English_numbers_percent_and_days_are_read()
    {
        var read = OverviewReader.Read(HandMade.Of(
            ["Gevinst", "Enhed", "År 0 lav", "År 0 høj", "Effekt fra", "Mål nås senest", "Mål"],
            ["a", "kr./år", "1.500,5", "2.000", new DateOnly(2026, 5, 1), "31. december 2027", "3.000 kr."],
            ["b", "%", new HandMade.Percent(0.45), new HandMade.Percent(0.9), "2026-05-01", 46_387, 100]));
        Assert.All(read.Rows, r => Assert.Empty(r.Problems));
        Assert.Equal((1_500.5m, 2_000m, 3_000m), (read.Rows[0].Low!.Value, read.Rows[0].High!.Value, read.Rows[0].Target!.Value));
        Assert.Equal((new DateOnly(2026, 5, 1), new DateOnly(2027, 12, 31)),
            (read.Rows[0].EffectFrom!.Value, read.Rows[0].TargetOn!.Value));
        Assert.Equal((45m, 90m), (read.Rows[1].Low!.Value, read.Rows[1].High!.Value));
        Assert.Equal((new DateOnly(2026, 5, 1), new DateOnly(2026, 12, 31)),
            (read.Rows[1].EffectFrom!.Value, read.Rows[1].TargetOn!.Value));
        Assert.Equal(1_500.5m, OverviewReader.Read(HandMade.Of(["Gevinst", "År 0 lav"], ["a", "1,500.5"])).Rows[0].Low);
    }

    [Theory]
    [InlineData("Type", "noget andet", "Typen »noget andet« kendes ikke. Skriv en af disse: kvalitet, økonomisk frigjort, frigjort tid, "
        + "undgået udgift, gevinst for andre.")]
    [InlineData("Art", "måske", "Arten »måske« er hverken »gevinst« eller »negativ gevinst«.")]
    [InlineData("Sandsynlighed for risiko", "tja", "Sandsynligheden »tja« kendes ikke. Skriv en af disse: lille, middel, stor.")]
    [InlineData("År 0 lav", "tredive", "År 0 lav: »tredive« er ikke et tal. Skriv fx 1.234,5.")]
    [InlineData("År 0 lav", "1.000",
        "År 0 lav: »1.000« kan læses på to måder, og ingen andre tal i filen viser hvilken. Skriv det som et tal uden punktum.")]
    [InlineData("Effekt fra", "engang", "Effekt fra: »engang« er ikke en dato.")]
    [InlineData("Ejer", "020304-5678", "Teksten ligner et CPR-nummer. Gevinster handler om antal, ikke om personer. Intet er gemt.")]
    public void What_is_not_understood_is_said_in_words_at_its_row(string heading, string cell, string problem) =>
        Assert.Equal([problem], Row(["Gevinst", heading], ["a", cell]).Problems.Select(p => p.Danish));

    [Fact]
    public void A_row_without_a_benefit_is_an_error_and_a_total_is_left_out()
    {
        var read = OverviewReader.Read(HandMade.Of(
            ["Gevinst", "Ejer", "År 0 lav"], ["a", "x", 1], [null, "y", 2], ["I alt", null, 3], ["I alt: frigjort tid, timer", null, 3],
            [null, null, 4]));
        Assert.Equal([2, 3], read.Rows.Select(r => r.Number));
        Assert.Equal("Rækken har ingen gevinst, men der står noget i de andre kolonner.", Assert.Single(read.Rows[1].Problems).Danish);
    }

    [Fact]
    public void A_file_that_cannot_be_used_says_why()
    {
        string? Problem(byte[] bytes) => OverviewReader.Read(bytes).Problem?.Danish;
        Assert.Equal("Filen er tom.", Problem([]));
        Assert.Equal("Filen er for stor; højst 2 MB.", Problem(new byte[OverviewReader.MaxBytes + 1]));
        Assert.StartsWith("Filen kan ikke læses som et regneark", Problem("gevinst;type"u8.ToArray()), StringComparison.Ordinal);
        Assert.StartsWith("Filen er låst", Problem([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]), StringComparison.Ordinal);
        Assert.StartsWith("Der er ingen række med overskrifter", Problem(HandMade.Of(["Navn på ting", "x"], ["a", "b"])),
            StringComparison.Ordinal);
        Assert.Equal("Der er ingen gevinster under overskrifterne.", Problem(HandMade.Of(["Gevinst", "Type"])));
        Assert.Equal("Der er flere end 500 gevinster i filen. Del den.",
            Problem(HandMade.Of([["Gevinst", "Type"], .. Enumerable.Range(0, 501).Select(n => new object?[] { $"g{n}", "kvalitet" })])));
    }

    [Fact]
    public void A_small_file_that_unpacks_to_gigabytes_is_refused_when_the_bound_is_reached()
    {
        using var stream = new MemoryStream(Valid.ToArray());
        using var bomb = new MemoryStream();
        using (var from = new ZipArchive(stream))
        using (var to = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using var read = entry.Open();
                using var write = to.CreateEntry(entry.FullName).Open();
                if (!entry.FullName.Contains("sheet", StringComparison.Ordinal))
                {
                    read.CopyTo(write);
                    continue;
                }

                var blank = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
                for (var n = 0; n < 1_000; n++) write.Write(blank);
            }
        }

        Assert.True(bomb.Length < OverviewReader.MaxBytes);
        Assert.StartsWith("Filen fylder mere end 24 MB", OverviewReader.Read(bomb.ToArray()).Problem!.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 2_000].Sample(bytes => Say(OverviewReader.Read(bytes)));

    [Fact]
    public void A_damaged_file_never_throws()
    {
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Byte, Gen.Int[0, Valid.Length - 1]).Array[1, 6].Sample(changes =>
        {
            var bytes = Valid.ToArray();
            foreach (var (at, value, _) in changes) bytes[at] = value;
            Say(OverviewReader.Read(bytes));
            Say(OverviewReader.Read(bytes[..changes[0].Item3]));
        });
    }

    [Fact]
    public void A_valid_archive_with_damaged_parts_never_throws()
    {
        var parts = new Dictionary<string, byte[]>();
        using (var zip = new ZipArchive(new MemoryStream(Valid)))
        {
            foreach (var entry in zip.Entries)
            {
                using var part = new MemoryStream();
                using var read = entry.Open();
                read.CopyTo(part);
                parts[entry.FullName] = part.ToArray();
            }
        }

        var names = parts.Keys.ToArray();
        string[] pieces = ["<c>", "</c>", "<row r=\"-1\">", "t=\"s\"", "999999999999", "&#0;", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;",
            "r=\"ZZZZZZ1\"", "", "1E+400"];
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Double[0, 1], Gen.Int[0, pieces.Length - 1], Gen.Int[0, 20])
            .Array[1, 4].Sample(changes =>
        {
            using var made = new MemoryStream();
            using (var zip = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, part) in parts)
                {
                    var text = Encoding.UTF8.GetString(part);
                    foreach (var (which, at, piece, length) in changes)
                    {
                        if (names[which] != name) continue;
                        var start = (int)(at * text.Length);
                        text = text[..start] + pieces[piece] + text[Math.Min(text.Length, start + length)..];
                    }

                    using var write = zip.CreateEntry(name).Open();
                    write.Write(Encoding.UTF8.GetBytes(text));
                }
            }

            Say(OverviewReader.Read(made.ToArray()));
        });
    }

    // Every problem has words.
    private static void Say(OverviewFile file)
    {
        if (file.Problem is { } problem) Assert.NotEmpty(problem.Danish);
        Assert.All(file.Rows.SelectMany(r => r.Problems), p => Assert.NotEmpty(p.Danish));
    }
}
