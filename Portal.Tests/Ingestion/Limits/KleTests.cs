using CsCheck;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Ingestion.Limits;

/// <summary>KLE numbers, their patterns, and the codes by which a database compares them.</summary>
public sealed class KleTests
{
    private static readonly Gen<string> Number = Gen.Int[0, 99].Array[1, 3].Select(parts => string.Join('.', parts.Select(p => $"{p:00}")));

    private static readonly Gen<string> Pattern = Gen.Select(Number, Gen.Bool).Select((number, below) => below ? $"{number}.*" : number);

    [Fact]
    public void A_code_is_within_the_range_of_a_pattern_exactly_when_the_number_is_within_the_pattern() =>
        Gen.Select(Number, Gen.OneOf(Pattern, Number.Select(n => $"{n.Split('.')[0]}.*"))).Sample((number, pattern) =>
        {
            var (code, (from, to)) = (Kle.CodeOf(number), Kle.RangeOf(pattern));
            Assert.Equal(Kle.IsWithin(number, pattern), code >= from && code <= to);
        }, iter: 5000);

    [Fact]
    public void Numbers_near_a_pattern_are_told_apart_by_their_codes()
    {
        foreach (var (number, pattern, within) in ((string, string, bool)[])[
            ("27", "27.*", true), ("27.00", "27.*", true), ("27.99.99", "27.*", true), ("28", "27.*", false), ("26.99.99", "27.*", false),
            ("27.45", "27.45.*", true), ("27.45.00", "27.45.*", true), ("27.46", "27.45.*", false), ("27.45.12", "27.45", false),
            ("27.45.12", "27.45.12", true), ("27.45.12", "27.45.12.*", true)])
        {
            var (from, to) = Kle.RangeOf(pattern);
            Assert.Equal((number, pattern, within), (number, pattern, Kle.IsWithin(number, pattern)));
            Assert.Equal((number, pattern, within), (number, pattern, Kle.CodeOf(number) >= from && Kle.CodeOf(number) <= to));
        }
    }

    [Fact]
    public void A_code_gives_its_number_back() => Number.Sample(number => Assert.Equal(number, Kle.OfCode(Kle.CodeOf(number))), iter: 2000);

    [Fact]
    public void What_numbers_have_in_common_is_within_a_pattern_of_a_group_exactly_when_all_of_them_are() =>
        Gen.Select(Gen.OneOf(Number, Gen.Const("27.45.12"), Gen.Const("27.45.16")).Array[1, 3], Pattern.Where(p => p.EndsWith('*'))).Sample(
            (numbers, pattern) =>
            {
                var common = Kle.Common(numbers);
                Assert.Equal(
                    numbers.All(n => Kle.IsWithin(n, pattern)), common is not null && Kle.IsWithin(common, pattern));
            }, iter: 3000);

    [Theory]
    [InlineData("27.45.12", "27.45.12")]
    [InlineData(" urn:oio:kle:27.45 ", "27.45")]
    [InlineData("URN:OIO:KLE:27", "27")]
    [InlineData("27.4", null)]
    [InlineData("27.45.12.01", null)]
    [InlineData("27.*", null)]
    [InlineData("2 7", null)]
    [InlineData("२७", null)]
    [InlineData("27\n", "27")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_number_is_taken_as_it_is_written_or_not_at_all(string? text, string? number) => Assert.Equal(number, Kle.Read(text));
}
