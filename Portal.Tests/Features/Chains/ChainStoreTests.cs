using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>What the store of chains does, whatever keeps it: the derived classes say which.</summary>
public abstract class ChainStoreTests
{
    /// <summary>Chains over a database of their own.</summary>
    private protected abstract Task<ChainHouse> OpenAsync();

    [Fact]
    public async Task Another_authoritys_chains_do_not_exist()
    {
        await using var house = await OpenAsync();
        var id = await house.MakeAsync(ChainGen.Chain("b0:note"));
        var stranger = ChainHouse.Facilitator("11111111");
        Assert.Empty((await house.Store.ListAsync(stranger, null, 10, default)).Items);
        Assert.Null(await house.Store.FindAsync(stranger, id, default));
        Assert.Null(await house.Store.ReadAsync(stranger, id, default));
        Assert.Null(await house.Node().OpenAsync(stranger, id, default));
        Assert.False(await house.Store.DeleteAsync(stranger, id, default));
        Assert.False(await house.Dismissals.PutAsideAsync(stranger, id, "h", "fordi", default));
        Assert.Null(await house.Versions.KeepAsync(stranger, id, "v", ChainState.Start, default));
        Assert.Single((await house.Store.ListAsync(ChainHouse.Manager, null, 10, default)).Items);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => house.Store.CreateAsync(ChainHouse.Manager, null, ChainDocument.Empty with { Title = "x" }, default));
    }

    [Fact]
    public async Task A_wished_id_is_kept_when_free_and_otherwise_the_chain_gets_its_own()
    {
        await using var house = await OpenAsync();
        Assert.Equal("min-kæde", await house.MakeAsync(id: "min-kæde"));
        Assert.NotEqual("min-kæde", await house.MakeAsync(id: "min-kæde"));
        await house.Store.DeleteAsync(ChainHouse.Facilitator(), "min-kæde", default);
        Assert.NotEqual("min-kæde", await house.MakeAsync(id: "min-kæde"));
    }

    [Fact]
    public async Task The_list_is_read_page_by_page_last_changed_first()
    {
        await using var house = await OpenAsync();
        foreach (var n in Enumerable.Range(0, 5))
        {
            await house.MakeAsync(id: $"k{n}");
            if (n % 2 == 0) house.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await (await house.SessionAsync("k0")).ApplyAsync(ChainHouse.Editor("anna"), ChainOperation.Of(new SetChainValue(ChainDocument.TitleProperty, "Ny titel")), default);
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await house.Store.ListAsync(ChainHouse.Facilitator(), cursor, 2, default);
            seen.AddRange(page.Items.Select(c => c.Id));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        Assert.Equal(["k0", "k3", "k4", "k1", "k2"], [seen[0], .. seen.Skip(1)]);
        Assert.Equal("Ny titel", (await house.Store.FindAsync(ChainHouse.Facilitator(), "k0", default))!.Title);
        await Assert.ThrowsAsync<FormatException>(() => house.Store.ListAsync(ChainHouse.Facilitator(), "bm9nZXQ", 2, default));
    }

    [Fact]
    public async Task A_deleted_chain_can_be_restored_for_30_days_and_takes_no_operations_meanwhile()
    {
        await using var house = await OpenAsync();
        var id = await house.MakeAsync(ChainGen.Chain("b0:note"));
        var session = await house.SessionAsync(id);
        await house.Versions.KeepAsync(ChainHouse.Facilitator(), id, "før workshop", session.State, default);
        Assert.True(await house.Store.DeleteAsync(ChainHouse.Facilitator(), id, default));
        Assert.False(await house.Store.DeleteAsync(ChainHouse.Facilitator(), id, default));
        Assert.Equal(ChainOutcome.Gone, (await session.ApplyAsync(ChainHouse.Editor("anna"), ChainOperation.Add("b1", ChainKind.Note), default)).Outcome);
        Assert.Null(await house.Node().OpenAsync(ChainHouse.Facilitator(), id, default));
        Assert.Equal(id, Assert.Single(await house.Store.TrashAsync(ChainHouse.Facilitator(), default)).Id);
        Assert.True(await house.Store.RestoreAsync(ChainHouse.Facilitator(), id, default));
        Assert.Equal(ChainOutcome.Applied, (await session.ApplyAsync(ChainHouse.Editor("anna"), ChainOperation.Add("b1", ChainKind.Note), default)).Outcome);

        await house.Store.DeleteAsync(ChainHouse.Facilitator(), id, default);
        house.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await house.Store.PurgeAsync(default));
        house.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await house.Store.PurgeAsync(default));
        await using var db = house.CreateDbContext();
        Assert.Equal((0, 0), (await db.ChainOperations.CountAsync(), await db.ChainVersions.CountAsync()));
    }

    [Fact]
    public async Task Versions_are_kept_as_they_stood_and_compared_value_by_value()
    {
        await using var house = await OpenAsync();
        var id = await house.MakeAsync(ChainGen.Chain("b0:problem:før>b1", "b1:future", "b2:note"));
        var (session, anna) = (await house.SessionAsync(id), ChainHouse.Editor("anna"));
        await house.Versions.KeepAsync(ChainHouse.Facilitator(), id, "før workshop", session.State, default);
        await session.ApplyAsync(anna, ChainOperation.Of(
            new SetValue("b0", ElementProperty.Text, "efter"), new SetValue("b0", ElementProperty.X, "999"), new DeleteElement("b2"), new AddElement("b3", ChainKind.Benefit, ChainGen.Values()),
            new Connect("b1", "b3"), new SetLinkValue("b0", "b1", ChainLink.ConfidenceProperty, "low")), default);
        house.Time.Advance(TimeSpan.FromHours(1));
        await house.Versions.KeepAsync(ChainHouse.Facilitator(), id, "efter workshop", session.State, default);
        var versions = await house.Versions.ListAsync(ChainHouse.Facilitator(), id, default);
        Assert.Equal(["efter workshop", "før workshop"], versions.Select(v => v.Name));
        var (before, after) = ((await house.Versions.ReadAsync(ChainHouse.Facilitator(), id, versions[1].Id, default))!, (await house.Versions.ReadAsync(ChainHouse.Facilitator(), id, versions[0].Id, default))!);
        var compared = ChainComparison.Between(before, after);
        Assert.Equal([("b0", ComparedAs.Changed), ("b3", ComparedAs.Added), ("b2", ComparedAs.Removed)], compared.Elements.Select(e => (e.Element.Id, e.As)));
        Assert.Equal(new ComparedValue("text", "før", "efter"), Assert.Single(compared.Elements[0].Values));
        Assert.Equal([ComparedAs.Changed, ComparedAs.Added], compared.Links.Select(l => l.As));
        Assert.True(ChainComparison.Between(after, after).IsEmpty);
    }

    [Fact]
    public async Task A_hint_is_put_aside_with_a_reason_and_can_be_taken_up_again()
    {
        await using var house = await OpenAsync();
        var id = await house.MakeAsync();
        Assert.False(await house.Dismissals.PutAsideAsync(ChainHouse.Facilitator(), id, "NoPurpose:", "  ", default));
        Assert.True(await house.Dismissals.PutAsideAsync(ChainHouse.Facilitator(), id, "NoPurpose:", "står i strategien", default));
        Assert.Equal("står i strategien", Assert.Single(await house.Dismissals.ListAsync(ChainHouse.Manager, id, default)).Reason);
        Assert.False(await house.Dismissals.TakeUpAsync(ChainHouse.Manager, id, "NoPurpose:", default));
        Assert.True(await house.Dismissals.TakeUpAsync(ChainHouse.Facilitator(), id, "NoPurpose:", default));
        Assert.Empty(await house.Dismissals.ListAsync(ChainHouse.Facilitator(), id, default));
    }

    [Fact]
    public async Task Two_nodes_that_write_at_once_both_get_their_steps_in_and_end_alike()
    {
        await using var house = await OpenAsync();
        var id = await house.MakeAsync();
        var (one, two) = (await house.SessionAsync(id), await house.SessionAsync(id));

        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var n = 0; n < 20; n++) await one.ApplyAsync(ChainHouse.Editor("anna"), ChainOperation.Add($"a{n}", ChainKind.Note), default);
            }),
            Task.Run(async () =>
            {
                for (var n = 0; n < 20; n++) await two.ApplyAsync(ChainHouse.Editor("bo"), ChainOperation.Add($"b{n}", ChainKind.Note), default);
            }));
        await one.CatchUpAsync(default);
        await two.CatchUpAsync(default);

        Assert.Equal((41, 40), (one.State.Number, one.State.Document.Present.Count()));
        Assert.Equal(one.State.Document.Elements.Keys.Order(StringComparer.Ordinal), two.State.Document.Elements.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(2, 40).Select(n => (long)n), (await house.Log.ReadAfterAsync(id, 1, default)).Select(o => o.Number));
    }
}
