using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>A row of a chain that cannot be read costs what stands in it, and never another chain, a list or the chain itself.</summary>
public abstract class DamagedChainTests
{
    public static TheoryData<string> Texts =>
        ["", "{", "null", "{}", "[]", "[null]", "[{}]", """[{"do":"add"}]""", """[{"do":"vote"}]""", """[{"do":"later"}]""",
            """{"title":"x","elements":[null],"links":[]}""", """{"title":"x","department":"","stage":"Vanished","elements":[],"links":[]}""",
            """{"title":"x","department":"","stage":"Draft","elements":[{"id":"a"}],"links":[],"workshop":{}}""", "æøå\u0001", "9"];

    private protected abstract Task<ChainHouse> OpenAsync();

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_snapshot_that_cannot_be_read_costs_nothing_as_the_operations_are_all_there(string text)
    {
        await using var house = await MadeAsync(snapshot: true);
        var before = (await house.Log.ReadManyAsync(["k"], default))["k"].Document;

        await SetAsync(house, "ChainSnapshots", "Json", text);

        Assert.Equal(["b0", "b1", "b2"], before.Present.Select(e => e.Id).Order());
        Assert.Equal(before.Elements, await ElementsAsync(house));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task An_operation_that_cannot_be_read_changes_nothing_and_those_around_it_count(string text)
    {
        await using var house = await MadeAsync();
        await SetAsync(house, "ChainOperations", "Json", text, """ AND "Number" = 3""");
        await SetAsync(house, "ChainOperations", "Cause", "Vanished");

        Assert.Equal(["b0", "b2"], (await ElementsAsync(house)).Keys.Order());
        var session = await house.SessionAsync("k");
        var added = await session.ApplyAsync(ChainHouse.Editor("anna"), ChainOperation.Add("b9", ChainKind.Note), default);
        Assert.NotNull(added);
        Assert.Equal(["b0", "b2", "b9"], (await ElementsAsync(house)).Keys.Order());
    }

    [Fact]
    public async Task A_chain_at_an_unknown_stage_is_listed_with_the_others()
    {
        await using var house = await MadeAsync();
        await house.MakeAsync(id: "other");
        await SetAsync(house, "Chains", "Stage", "Vanished", """ AND 1 = 1""");
        Assert.Equal(["k", "other"], (await house.Store.ListAsync(ChainHouse.Facilitator(), null, 10, default)).Items.Select(c => c.Id).Order());
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_kept_version_that_cannot_be_read_is_told_as_not_there(string text)
    {
        await using var house = await MadeAsync();
        var session = await house.SessionAsync("k");
        var kept = await house.Versions.KeepAsync(ChainHouse.Facilitator(), "k", "Før", session.State, default);
        await SetAsync(house, "ChainVersions", "Json", text);
        Assert.Null(await house.Versions.ReadAsync(ChainHouse.Facilitator(), "k", kept!.Id, default));
    }

    private static async Task<IReadOnlyDictionary<string, ChainElement>> ElementsAsync(ChainHouse house)
    {
        var many = (await house.Log.ReadManyAsync(["k"], default))["k"].Document;
        Assert.Equal(many.Elements, (await house.SessionAsync("k")).State.Document.Elements);
        return many.Elements;
    }

    private static async Task SetAsync(ChainHouse house, string table, string column, string text, string more = "")
    {
        await using var db = house.CreateDbContext();
        var key = table == "Chains" ? "Id" : "ChainId";
#pragma warning disable EF1002, EF1003 // Names of this file.
        Assert.NotEqual(0, await db.Database.ExecuteSqlRawAsync($$"""UPDATE "{{table}}" SET "{{column}}" = {0} WHERE "{{key}}" = 'k'{{more}}""", text));
#pragma warning restore EF1002, EF1003
    }

    // The first operation makes the chain; each of the others adds a box.
    private async Task<ChainHouse> MadeAsync(bool snapshot = false)
    {
        var house = await OpenAsync();
        await house.MakeAsync(id: "k");
        var session = await house.SessionAsync("k", house.Node());
        for (var n = 0; n < 3; n++) await session.ApplyAsync(ChainHouse.Editor("bo"), ChainOperation.Add($"b{n}", ChainKind.Note), default);
        if (snapshot) await house.Log.SaveSnapshotAsync("k", session.State, default);
        return house;
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteDamagedChainTests : DamagedChainTests
{
    private protected override Task<ChainHouse> OpenAsync() => ChainHouse.OpenAsync();
}
