using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Tree;
using Xunit;

namespace Portal.Tests.Ingestion.Journal;

/// <summary>The same facts are the same bytes, whoever writes them.</summary>
public sealed class CanonicalJsonTests
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char.Where(c => !char.IsSurrogate(c)), 0, 12];

    private static readonly Gen<object?> Value = Gen.OneOf<object?>(
        Words.Select(w => (object?)w), Gen.Long[-(1L << 53), 1L << 53].Select(n => (object?)n), Gen.Bool.Select(b => (object?)b),
        Gen.Bool.Select(_ => (object?)null), Words.List[0, 3].Select(l => (object?)l.ConvertAll(w => (object?)w)));

    [Fact]
    public void The_order_in_which_facts_are_given_and_the_culture_make_no_difference_and_any_reader_reads_them() =>
        Gen.Dictionary(Words, Value)[0, 8].Sample(facts =>
        {
            var text = CanonicalJson.Write(facts);
            var culture = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
                Assert.Equal(text, CanonicalJson.Write(facts.Reverse().ToDictionary()));
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }

            using var read = JsonDocument.Parse(text);
            var fields = read.RootElement.EnumerateObject().ToList();
            Assert.Equal(facts.Keys.Order(StringComparer.Ordinal), fields.Select(f => f.Name));
            Assert.All(fields, f => Assert.Equal(f.Value.GetRawText(), CanonicalJson.WriteOne(facts[f.Name])));
            Assert.All(fields.Where(f => f.Value.ValueKind == JsonValueKind.String), f => Assert.Equal(facts[f.Name], f.Value.GetString()));
        });

    // The example of RFC 8785, 3.2.3 and 3.2.2, without its fractions.
    [Fact]
    public void It_is_the_form_of_RFC_8785() => Assert.Equal(
        """{"\r":"Carriage Return","1":"One","literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        CanonicalJson.Write(new Dictionary<string, object?>
        {
            ["string"] = "€$\u000f\nA'B\"\\\\\"/", ["1"] = "One", ["\r"] = "Carriage Return", ["literals"] = (object?[])[null, true, false],
        }));

    [Fact]
    public void What_has_no_canonical_form_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(new Dictionary<string, object?> { ["a"] = 1.5 }));
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(new Dictionary<string, object?> { ["a"] = long.MaxValue }));
    }

    [Fact]
    public void A_record_is_five_lines_and_is_read_as_it_was_written()
    {
        var record = new JournalRecord(
            "portal-handling/v1", "hold-set", "hold/7", new DateTimeOffset(2026, 3, 4, 10, 0, 0, 123, TimeSpan.Zero), new string('a', 64));
        Assert.Equal(
            $"portal-handling/v1\nhold-set\nhold/7\n2026-03-04T10:00:00.123Z\n{new string('a', 64)}\n",
            Encoding.UTF8.GetString(record.ToBytes()));
        Assert.Equal(record, JournalRecord.Parse(record.ToBytes()));
        Assert.Null(JournalRecord.Parse("portal-besked/v1\nx\n2026-03-04T10:00:00.123Z\n"u8));
        Assert.Null(JournalRecord.Parse([.. record.ToBytes(), (byte)'\n']));
        Assert.Null(JournalRecord.Parse(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(record.ToBytes()).Replace("portal-handling/v1", "andet/v1", StringComparison.Ordinal))));
        Assert.Equal(MerkleHash.OfLeaf(record.ToBytes()), record.ToLeafHash());
    }
}
