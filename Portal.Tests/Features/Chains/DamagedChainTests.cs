using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Document;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>A chain's row that cannot be read loses only its own content, never another chain, a list or the chain itself.</summary>
public abstract class DamagedChainTests
{
    public static TheoryData<string> Texts =>
        ["", "{", "null", "{}", "[]", "[null]", "[{}]", """[{"do":"add"}]""", """[{"do":"vote"}]""", """[{"do":"later"}]""",
            """{"title":"x","elements":[null],"links":[]}""",
            """{"title":"x","department":"","stage":"Vanished","elements":[],"links":[]}""",
            """{"title":"x","department":"","stage":"Draft","elements":[{"id":"a"}],"links":[],"workshop":{}}""", "æøå\u0001", "9"];

    private protected abstract Task<ChainFixture> OpenAsync();

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_snapshot_that_cannot_be_read_costs_nothing_as_the_operations_are_all_there(string text)
    {
        await using var fixture = await MadeAsync(snapshot: true);
        var before = (await fixture.Log.ReadManyAsync(["k"], default))["k"].Document;

        await SetAsync(fixture, "ChainSnapshots", "Json", text);

        Assert.Equal(["b0", "b1", "b2"], before.Present.Select(e => e.Id).Order());
        Assert.Equal(before.Elements, await ElementsAsync(fixture));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task An_operation_that_cannot_be_read_changes_nothing_and_those_around_it_count(string text)
    {
        await using var fixture = await MadeAsync();
        await SetAsync(fixture, "ChainOperations", "Json", text, """ AND "Number" = 3""");
        await SetAsync(fixture, "ChainOperations", "Cause", "Vanished");

        Assert.Equal(["b0", "b2"], (await ElementsAsync(fixture)).Keys.Order());
        var session = await fixture.SessionAsync("k");
        var added = await session.ApplyAsync(ChainFixture.Editor("anna"), ChainOperation.Add("b9", ChainKind.Note), default);
        Assert.NotNull(added);
        Assert.Equal(["b0", "b2", "b9"], (await ElementsAsync(fixture)).Keys.Order());
    }

    [Fact]
    public async Task A_chain_at_an_unknown_stage_is_listed_with_the_others()
    {
        await using var fixture = await MadeAsync();
        await fixture.MakeAsync(id: "other");
        await SetAsync(fixture, "Chains", "Stage", "Vanished", """ AND 1 = 1""");
        Assert.Equal(
            ["k", "other"], (await fixture.Store.ListAsync(ChainFixture.Facilitator(), null, 10, default)).Items.Select(c => c.Id).Order());
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_kept_version_that_cannot_be_read_is_reported_as_not_there(string text)
    {
        await using var fixture = await MadeAsync();
        var session = await fixture.SessionAsync("k");
        var kept = await fixture.Versions.SaveAsync(ChainFixture.Facilitator(), "k", "Før", session.State, default);
        await SetAsync(fixture, "ChainVersions", "Json", text);
        Assert.Null(await fixture.Versions.ReadAsync(ChainFixture.Facilitator(), "k", kept!.Id, default));
    }

    private static async Task<IReadOnlyDictionary<string, ChainElement>> ElementsAsync(ChainFixture fixture)
    {
        var many = (await fixture.Log.ReadManyAsync(["k"], default))["k"].Document;
        Assert.Equal(many.Elements, (await fixture.SessionAsync("k")).State.Document.Elements);
        return many.Elements;
    }

    private static async Task SetAsync(ChainFixture fixture, string table, string column, string text, string more = "")
    {
        await using var db = fixture.CreateDbContext();
        var key = table == "Chains" ? "Id" : "ChainId";
#pragma warning disable EF1002, EF1003 // Names of this file.
        Assert.NotEqual(
            0, await db.Database.ExecuteSqlRawAsync($$"""UPDATE "{{table}}" SET "{{column}}" = {0} WHERE "{{key}}" = 'k'{{more}}""", text));
#pragma warning restore EF1002, EF1003
    }

    // The first operation creates the chain; each of the others adds a box.
    private async Task<ChainFixture> MadeAsync(bool snapshot = false)
    {
        var fixture = await OpenAsync();
        await fixture.MakeAsync(id: "k");
        var session = await fixture.SessionAsync("k", fixture.Node());
        for (var n = 0; n < 3; n++)
            await session.ApplyAsync(ChainFixture.Editor("bo"), ChainOperation.Add($"b{n}", ChainKind.Note), default);
        if (snapshot) await fixture.Log.SaveSnapshotAsync("k", session.State, default);
        return fixture;
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteDamagedChainTests : DamagedChainTests
{
    private protected override Task<ChainFixture> OpenAsync() => ChainFixture.OpenAsync();
}
