using CsCheck;
using Portal.Platform.Ui.Lists;
using Xunit;

namespace Portal.Tests.Platform.Ui.Lists;

/// <summary>How a list is shown, as a part of an address.</summary>
public sealed class ListLookTests
{
    private static readonly ListShape Shape = new(
        "liste",
        [
            new("a") { Required = true, Sortable = true }, new("b"), new("c") { Sortable = true }, new("d"), new("e") { Extra = true },
        ]);

    private static readonly string[] Columns = ["a", "b", "c", "d", "e", "x"];

    private static readonly Gen<string> Column = Gen.Int[0, Columns.Length - 1].Select(n => Columns[n]);

    private static readonly Gen<ListLook> Looks = Gen.Select(
        Column.Array[0, 6], Gen.Bool, Column, Gen.Bool,
        (columns, dense, sort, down) =>
            (ListLook.Usual with { Dense = dense }).WithColumns(Shape, columns).WithSort(Shape, sort, down));

    [Fact]
    public void Every_look_comes_out_of_the_address_as_it_went_in() => Looks.Sample(look =>
    {
        Assert.Equal(look, Read(look.In("")));
        Assert.Equal(look, Read(look.In("grund=failed&kol=b&sort=a&taet=1")));
        Assert.StartsWith("grund=failed", look.In("grund=failed&kol=b"), StringComparison.Ordinal);
    });

    [Fact]
    public void Values_that_no_list_writes_are_ignored() => Gen.Select(Gen.String, Gen.String, Gen.String).Sample((columns, dense, sort) =>
    {
        var look = ListLook.Read(Shape, name => name switch { "kol" => columns, "taet" => dense, "sort" => sort, _ => null });
        Assert.True(look.Shows(Shape, "a"));
        Assert.All(look.Columns ?? [], c => Assert.NotNull(Shape.Find(c)));
        Assert.True(look.Sort is null || Shape.Find(look.Sort.Column) is { Sortable: true });
    });

    [Fact]
    public void Only_a_column_with_an_index_in_its_order_can_be_sorted_by()
    {
        Assert.Equal(new ListSort("c", true), Read("sort=-c").Sort);
        Assert.Null(Read("sort=b").Sort);
        Assert.Null(Read("sort=--c2").Sort);
    }

    [Fact]
    public void A_required_column_cannot_be_hidden_and_an_extra_one_is_hidden_until_it_is_chosen()
    {
        Assert.Equal(["a", "b", "c", "d"], Shown(ListLook.Usual));
        Assert.Equal(["a", "c", "d"], Shown(ListLook.Usual.WithColumn(Shape, "b", shown: false)));
        Assert.Equal(["a", "b", "c", "d"], Shown(ListLook.Usual.WithColumn(Shape, "a", shown: false)));
        Assert.Equal(["a", "b", "c", "d", "e"], Shown(ListLook.Usual.WithColumn(Shape, "e", shown: true)));
        Assert.Equal(["a"], Shown(Read("kol=")));
        Assert.Equal("", ListLook.Usual.WithColumn(Shape, "b", false).WithColumn(Shape, "b", true).In(""));
    }

    [Fact]
    public void A_file_has_every_column_unless_the_columns_are_named_which_a_page_always_does()
    {
        Assert.Equal(["a", "b", "c", "d", "e"], Shown(ListLook.ReadFile(Shape, _ => null)));
        Looks.Sample(look => Assert.Equal(Shown(look), Shown(ReadFile(look.NamedIn(Shape, "x=1")))));
        Assert.Equal("x=1&kol=b%2Cc%2Cd", ListLook.Usual.NamedIn(Shape, "x=1"));
    }

    private static IEnumerable<string> Shown(ListLook look) => Shape.Columns.Where(c => look.Shows(Shape, c.Id)).Select(c => c.Id);

    private static ListLook Read(string query) => ListLook.Read(Shape, ValuesOf(query));

    private static ListLook ReadFile(string query) => ListLook.ReadFile(Shape, ValuesOf(query));

    private static Func<string, string?> ValuesOf(string query)
    {
        var values = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        return name => values.GetValueOrDefault(name);
    }
}
