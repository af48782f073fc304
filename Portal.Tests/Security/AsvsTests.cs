using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Portal.Tests.Security;

/// <summary>
/// Keeps <c>ASVS.md</c> true: all 253 requirements of OWASP ASVS 5.0.0 up to level 2, each judged, and each proof where it is said to be.
/// </summary>
public sealed partial class AsvsTests
{
    // Sections with the requirements of levels 1 and 2 (level 1 marked by !), copied from the standard's published list.
    private const string Standard = """
        1.1: 1 2; 1.2: 1! 2! 3! 4! 5! 6 7 8 9; 1.3: 1! 2! 3 4 5 6 7 8 9 10 11; 1.4: 1 2 3; 1.5: 1! 2
        2.1: 1! 2 3; 2.2: 1! 2! 3; 2.3: 1! 2 3 4; 2.4: 1
        3.2: 1! 2!; 3.3: 1! 2 3 4; 3.4: 1! 2! 3 4 5 6; 3.5: 1! 2! 3! 4 5; 3.7: 1 2
        4.1: 1! 2 3; 4.2: 1; 4.3: 1 2; 4.4: 1! 2 3 4
        5.1: 1; 5.2: 1! 2! 3; 5.3: 1! 2!; 5.4: 1 2 3
        6.1: 1! 2 3; 6.2: 1! 2! 3! 4! 5! 6! 7! 8! 9 10 11 12; 6.3: 1! 2! 3 4; 6.4: 1! 2! 3 4; 6.5: 1 2 3 4 5; 6.6: 1 2 3; 6.8: 1 2 3 4
        7.1: 1 2 3; 7.2: 1! 2! 3! 4!; 7.3: 1 2; 7.4: 1! 2! 3 4 5; 7.5: 1 2; 7.6: 1 2
        8.1: 1! 2; 8.2: 1! 2! 3; 8.3: 1!; 8.4: 1
        9.1: 1! 2! 3!; 9.2: 1! 2 3 4
        10.1: 1 2; 10.2: 1 2; 10.3: 1 2 3 4; 10.4: 1! 2! 3! 4! 5! 6 7 8 9 10 11; 10.5: 1 2 3 4 5; 10.6: 1 2; 10.7: 1 2 3
        11.1: 1 2; 11.2: 1 2 3; 11.3: 1! 2! 3; 11.4: 1! 2 3 4; 11.5: 1; 11.6: 1
        12.1: 1! 2 3; 12.2: 1! 2!; 12.3: 1 2 3 4
        13.1: 1; 13.2: 1 2 3 4 5; 13.3: 1 2; 13.4: 1! 2 3 4 5
        14.1: 1 2; 14.2: 1! 2 3 4; 14.3: 1! 2 3
        15.1: 1! 2 3; 15.2: 1! 2 3; 15.3: 1! 2 3 4 5 6 7
        16.1: 1; 16.2: 1 2 3 4 5; 16.3: 1 2 3 4; 16.4: 1 2 3; 16.5: 1 2 3
        17.1: 1; 17.2: 1 2 3 4; 17.3: 1 2
        """;

    private const double LeastShare = 0.95;

    private static IReadOnlyList<AsvsRow> Rows => AsvsTable.Rows;

    private static IEnumerable<AsvsRow> Applying => Rows.Where(r => r.DoesApply);

    [Fact]
    public void Every_requirement_of_levels_1_and_2_is_there_once_in_order_with_its_level()
    {
        var wanted = Standard.Split(['\n', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(section => section.Split(": ")[1].Split(' ')
                .Select(n => $"{section.Split(": ")[0]}.{n.TrimEnd('!')} level {(n.EndsWith('!') ? 1 : 2)}")).ToList();
        Assert.Equal((253, 70), (wanted.Count, wanted.Count(w => w.EndsWith('1'))));
        Assert.Equal(wanted, Rows.Select(r => $"{r.Id} level {r.Level}"));
    }

    [Fact]
    public void Every_row_says_in_our_words_what_is_asked_and_why_it_is_left_out_or_not_met()
    {
        Assert.Empty(Rows.Where(r => r.Asks.Length is < 8 or > 110).Select(r => r.Id));
        Assert.Empty(Rows.Where(r => !r.DoesApply && !Reason(r.Applies, "no: ")).Select(r => r.Id));
        Assert.Empty(Rows.Where(r => r.DoesApply
            ? !r.IsMet && !Reason(r.Met, "partly: ") && !Reason(r.Met, "no: ")
            : r.Met != "–" || r.Shown.Count > 0).Select(r => r.Id));
    }

    [Fact]
    public void Every_proof_is_where_the_row_says()
    {
        Assert.Empty(Rows.SelectMany(r => r.Shown.Where(s => !AsvsTable.IsThere(s)).Select(s => $"{r.Id}: {s}")));
        Assert.Empty(Applying.Where(r => r.IsMet && r.Shown.Count == 0).Select(r => r.Id));
    }

    [Theory]
    [InlineData("AsvsTests", true)]
    [InlineData("Security.AsvsTests.Every_proof_is_where_the_row_says", true)]
    [InlineData("AsvsTests.Reason", false)]
    [InlineData("AsvsTable", false)]
    [InlineData("NoSuchTests", false)]
    [InlineData("SessionTests", false)]
    [InlineData("Access.Sessions.SessionTests", true)]
    [InlineData("README.md", true)]
    [InlineData("README.md#Configuration", true)]
    [InlineData("README.md#No such chapter", false)]
    [InlineData("Portal/No/Such.cs", false)]
    public void A_proof_that_is_not_there_or_could_be_two_is_found(string shown, bool there) =>
        Assert.Equal(there, AsvsTable.IsThere(shown));

    [Fact]
    public void All_of_authorization_is_met_and_shown_by_tests_or_documents_and_95_percent_of_all()
    {
        var authorization = Rows.Where(r => r.Id.StartsWith("8.", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, authorization.Count);
        Assert.Empty(authorization.Where(r => !r.DoesApply || !r.IsMet).Select(r => r.Id));
        Assert.Empty(authorization.Where(r => !r.Id.StartsWith("8.1.", StringComparison.Ordinal) && !r.Shown.Any(AsvsTable.IsTest))
            .Select(r => r.Id));
        Assert.InRange(Applying.Count(r => r.IsMet) / (double)Applying.Count(), LeastShare, 1);
    }

    [Fact]
    public void The_figures_of_the_page_on_security_are_those_of_the_table()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "SECURITY.md"));
        Assert.Contains(AsvsTable.Path, text, StringComparison.Ordinal);
        var met = Applying.Where(r => r.IsMet).ToList();
        var share = 100.0 * met.Count / Applying.Count();
        Assert.Contains(string.Create(CultureInfo.InvariantCulture,
            $"Of its {Rows.Count} requirements {Applying.Count()} apply; {met.Count} are met ({share:0.0} %), "
                + $"{met.Count(r => r.Shown.Any(AsvsTable.IsTest))} of these are shown by a test"),
            Space().Replace(text, " "), StringComparison.Ordinal);

        // And what is not met is on the page by its number, so that nobody has to look for it.
        Assert.Empty(Applying.Where(r => !r.IsMet && !text.Contains($"{r.Id}", StringComparison.Ordinal)).Select(r => r.Id));
    }

    private static bool Reason(string text, string begins) =>
        text.StartsWith(begins, StringComparison.Ordinal) && text.Length > begins.Length + 5;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
