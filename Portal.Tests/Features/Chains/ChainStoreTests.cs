using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>The chain store on each database; the derived classes choose it.</summary>
public abstract class ChainStoreTests
{
    /// <summary>Chains over a separate database.</summary>
    private protected abstract Task<ChainFixture> OpenAsync();

    [Fact]
    public async Task Another_authoritys_chains_do_not_exist()
    {
        await using var fixture = await OpenAsync();
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:note"));
        var stranger = ChainFixture.Facilitator("11111111");
        Assert.Empty((await fixture.Store.ListAsync(stranger, null, 10, default)).Items);
        Assert.Null(await fixture.Store.FindAsync(stranger, id, default));
        Assert.Null(await fixture.Store.ReadAsync(stranger, id, default));
        Assert.Null(await fixture.Node().OpenAsync(stranger, id, default));
        Assert.False(await fixture.Store.DeleteAsync(stranger, id, default));
        Assert.False(await fixture.Dismissals.PutAsideAsync(stranger, id, "h", "fordi", default));
        Assert.Null(await fixture.Versions.SaveAsync(stranger, id, "v", ChainState.Start, default));
        Assert.Single((await fixture.Store.ListAsync(ChainFixture.Manager, null, 10, default)).Items);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => fixture.Store.CreateAsync(ChainFixture.Manager, null, ChainDocument.Empty with { Title = "x" }, default));
    }

    [Fact]
    public async Task A_wished_id_is_kept_when_free_and_otherwise_the_chain_gets_its_own()
    {
        await using var fixture = await OpenAsync();
        Assert.Equal("min-kæde", await fixture.MakeAsync(id: "min-kæde"));
        Assert.NotEqual("min-kæde", await fixture.MakeAsync(id: "min-kæde"));
        await fixture.Store.DeleteAsync(ChainFixture.Facilitator(), "min-kæde", default);
        Assert.NotEqual("min-kæde", await fixture.MakeAsync(id: "min-kæde"));
    }

    [Fact]
    public async Task The_list_is_read_page_by_page_last_changed_first()
    {
        await using var fixture = await OpenAsync();
        foreach (var n in Enumerable.Range(0, 5))
        {
            await fixture.MakeAsync(id: $"k{n}");
            if (n % 2 == 0) fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await (await fixture.SessionAsync("k0")).ApplyAsync(
            ChainFixture.Editor("anna"), ChainOperation.Of(new SetChainValue(ChainDocument.TitleProperty, "Ny titel")), default);
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await fixture.Store.ListAsync(ChainFixture.Facilitator(), cursor, 2, default);
            seen.AddRange(page.Items.Select(c => c.Id));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        Assert.Equal(["k0", "k3", "k4", "k1", "k2"], [seen[0], .. seen.Skip(1)]);
        Assert.Equal("Ny titel", (await fixture.Store.FindAsync(ChainFixture.Facilitator(), "k0", default))!.Title);
        await Assert.ThrowsAsync<FormatException>(() => fixture.Store.ListAsync(ChainFixture.Facilitator(), "bm9nZXQ", 2, default));
    }

    [Fact]
    public async Task A_deleted_chain_can_be_restored_for_30_days_and_takes_no_operations_meanwhile()
    {
        await using var fixture = await OpenAsync();
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:note"));
        var session = await fixture.SessionAsync(id);
        await fixture.Versions.SaveAsync(ChainFixture.Facilitator(), id, "før workshop", session.State, default);
        Assert.True(await fixture.Store.DeleteAsync(ChainFixture.Facilitator(), id, default));
        Assert.False(await fixture.Store.DeleteAsync(ChainFixture.Facilitator(), id, default));
        Assert.Equal(ChainOutcome.Gone,
            (await session.ApplyAsync(ChainFixture.Editor("anna"), ChainOperation.Add("b1", ChainKind.Note), default)).Outcome);
        Assert.Null(await fixture.Node().OpenAsync(ChainFixture.Facilitator(), id, default));
        Assert.Equal(id, Assert.Single(await fixture.Store.TrashAsync(ChainFixture.Facilitator(), default)).Id);
        Assert.True(await fixture.Store.RestoreAsync(ChainFixture.Facilitator(), id, default));
        Assert.Equal(ChainOutcome.Applied,
            (await session.ApplyAsync(ChainFixture.Editor("anna"), ChainOperation.Add("b1", ChainKind.Note), default)).Outcome);

        await fixture.Store.DeleteAsync(ChainFixture.Facilitator(), id, default);
        fixture.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await fixture.Store.PurgeAsync(default));
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await fixture.Store.PurgeAsync(default));
        await using var db = fixture.CreateDbContext();
        Assert.Equal((0, 0), (await db.ChainOperations.CountAsync(), await db.ChainVersions.CountAsync()));
    }

    [Fact]
    public async Task Versions_are_kept_as_they_stood_and_compared_value_by_value()
    {
        await using var fixture = await OpenAsync();
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:problem:før>b1", "b1:future", "b2:note"));
        var (session, anna) = (await fixture.SessionAsync(id), ChainFixture.Editor("anna"));
        await fixture.Versions.SaveAsync(ChainFixture.Facilitator(), id, "før workshop", session.State, default);
        await session.ApplyAsync(anna, ChainOperation.Of(
            new SetValue("b0", ElementProperty.Text, "efter"), new SetValue("b0", ElementProperty.X, "999"), new DeleteElement("b2"),
            new AddElement("b3", ChainKind.Benefit, ChainGen.Values()),
            new Connect("b1", "b3"), new SetLinkValue("b0", "b1", ChainLink.ConfidenceProperty, "low")), default);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        await fixture.Versions.SaveAsync(ChainFixture.Facilitator(), id, "efter workshop", session.State, default);
        var versions = await fixture.Versions.ListAsync(ChainFixture.Facilitator(), id, default);
        Assert.Equal(["efter workshop", "før workshop"], versions.Select(v => v.Name));
        var (before, after) = ((await fixture.Versions.ReadAsync(ChainFixture.Facilitator(), id, versions[1].Id, default))!,
            (await fixture.Versions.ReadAsync(ChainFixture.Facilitator(), id, versions[0].Id, default))!);
        var compared = ChainComparison.Between(before, after);
        Assert.Equal([("b0", ComparedAs.Changed), ("b3", ComparedAs.Added), ("b2", ComparedAs.Removed)],
            compared.Elements.Select(e => (e.Element.Id, e.As)));
        Assert.Equal(new ComparedValue("text", "før", "efter"), Assert.Single(compared.Elements[0].Values));
        Assert.Equal([ComparedAs.Changed, ComparedAs.Added], compared.Links.Select(l => l.As));
        Assert.True(ChainComparison.Between(after, after).IsEmpty);
    }

    [Fact]
    public async Task A_hint_is_put_aside_with_a_reason_and_can_be_taken_up_again()
    {
        await using var fixture = await OpenAsync();
        var id = await fixture.MakeAsync();
        Assert.False(await fixture.Dismissals.PutAsideAsync(ChainFixture.Facilitator(), id, "NoPurpose:", "  ", default));
        Assert.True(await fixture.Dismissals.PutAsideAsync(ChainFixture.Facilitator(), id, "NoPurpose:", "står i strategien", default));
        Assert.Equal("står i strategien", Assert.Single(await fixture.Dismissals.ListAsync(ChainFixture.Manager, id, default)).Reason);
        Assert.False(await fixture.Dismissals.TakeUpAsync(ChainFixture.Manager, id, "NoPurpose:", default));
        Assert.True(await fixture.Dismissals.TakeUpAsync(ChainFixture.Facilitator(), id, "NoPurpose:", default));
        Assert.Empty(await fixture.Dismissals.ListAsync(ChainFixture.Facilitator(), id, default));
    }

    [Fact]
    public async Task Two_nodes_that_write_at_once_both_get_their_steps_in_and_end_alike()
    {
        await using var fixture = await OpenAsync();
        var id = await fixture.MakeAsync();
        var (one, two) = (await fixture.SessionAsync(id), await fixture.SessionAsync(id));

        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var n = 0; n < 20; n++)
                    await one.ApplyAsync(ChainFixture.Editor("anna"), ChainOperation.Add($"a{n}", ChainKind.Note), default);
            }),
            Task.Run(async () =>
            {
                for (var n = 0; n < 20; n++)
                    await two.ApplyAsync(ChainFixture.Editor("bo"), ChainOperation.Add($"b{n}", ChainKind.Note), default);
            }));
        await one.CatchUpAsync(default);
        await two.CatchUpAsync(default);

        Assert.Equal((41, 40), (one.State.Number, one.State.Document.Present.Count()));
        Assert.Equal(
            one.State.Document.Elements.Keys.Order(StringComparer.Ordinal), two.State.Document.Elements.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            Enumerable.Range(2, 40).Select(n => (long)n), (await fixture.Log.ReadAfterAsync(id, 1, default)).Select(o => o.Number));
    }
}
