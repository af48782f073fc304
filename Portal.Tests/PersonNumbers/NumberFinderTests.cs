using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Portal.Tests.PersonNumbers;

/// <summary>The search of <see cref="PersonNumberTests"/> finds what is planted, and only that.</summary>
public sealed class NumberFinderTests
{
    private const int Forms = 40;

    // Ways in which a text comes out.
    private static readonly (string Name, Func<string, byte[]> Write)[] Wrappings =
    [
        ("as it is", Utf8), ("in an address", t => Utf8("/sager?text=" + Uri.EscapeDataString(t))),
        ("in HTML", t => Utf8($"<td>{WebUtility.HtmlEncode(t)}</td>")), ("in JSON", t => Utf8(JsonSerializer.Serialize(new { t }))),
        ("in JSON in an address", t => Utf8(Uri.EscapeDataString(JsonSerializer.Serialize(t)))),
        ("in Base64", t => Utf8($"data:{Convert.ToBase64String(Utf8("en lang tekst med " + t))}")),
        ("in Base64 of addresses", t => Utf8("x=" + System.Buffers.Text.Base64Url.EncodeToString(Utf8("en lang tekst med " + t)))),
        ("in a package", t => Zip("a.txt", Utf8(t))), ("in a file's name", t => Zip($"bevis {t.Replace('/', '-')}.pdf", [])),
        ("in a package in a package", t => Zip("b.zip", Zip("a.txt", Utf8(t)))), ("among letters", t => Utf8($"Sag{t}kopi")),
    ];

    [Fact]
    public void A_planted_number_is_found_however_it_is_written_and_wherever()
    {
        var numbers = new SeededNumbers();
        foreach (var (name, write) in Wrappings)
        {
            for (var n = 0; n < Forms; n++)
            {
                var output = new Output(numbers);
                var place = $"{name} {n}";
                var text = numbers.For(place);
                output.File("her", write($"Anna {text} Lejer"));
                Assert.True(output.Leaks.Any(l => l.Place == place), $"»{text}« {name} was not found.");
            }
        }
    }

    [Fact]
    public void Other_numbers_of_ten_digits_and_masked_ones_are_no_alarm()
    {
        var numbers = new SeededNumbers();
        var number = numbers.Plain("her");
        var output = new Output(numbers);
        output.Text("der", $"0101011234 {number[..6]}-xxxx {number[..6]} x {number[6..]} {number[..9]} 20261130131205");
        Assert.Empty(output.All);
    }

    [Fact]
    public void Every_allowed_place_has_a_reason() => Assert.All(AllowedPlaces.Rows, row => Assert.NotEmpty(row.Why));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip(string name, byte[] content)
    {
        using var file = new MemoryStream();
        using (var package = new ZipArchive(file, ZipArchiveMode.Create))
        {
            using var entry = package.CreateEntry(name).Open();
            entry.Write(content);
        }

        return file.ToArray();
    }
}
