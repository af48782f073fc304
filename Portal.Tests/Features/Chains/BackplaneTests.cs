using Microsoft.Extensions.Logging.Abstractions;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Tests.Postgres;
using StackExchange.Redis;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>Two portal nodes that share a database and a real Redis.</summary>
public sealed class BackplaneTests
{
    [Fact]
    public async Task Editors_of_two_nodes_see_each_other_their_drags_and_their_changes()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await using var fixture = await ChainFixture.OpenAsync();
        using var one = Node(fixture, redis);
        using var two = Node(fixture, redis);
        await one.StartAsync(default);
        await two.StartAsync(default);
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:note"));
        var (here, there) = (await fixture.SessionAsync(id, one), await fixture.SessionAsync(id, two));
        var notices = System.Threading.Channels.Channel.CreateUnbounded<ChainNotice>();
        using var anna = there.Join(ChainFixture.Editor("anna"), notice => notices.Writer.TryWrite(notice));

        // The nodes subscribe in the background: what is sent before the other has done so is not heard, and sent again.
        var bo = here.Join(ChainFixture.Editor("bo"), _ => { });
        while (!await IsHeardSoonAsync(notices, notice => notice is PresenceChanged && there.Present.Any(p => p.Name == "bo")))
        {
            bo.Dispose();
            bo = here.Join(ChainFixture.Editor("bo"), _ => { });
        }

        bo.Write("b0");
        await SeenAsync(notices, () => there.Present.Any(p => p.WritingIn == "b0"));
        bo.Drag([new ChainGhost("b0", 1, 2)]);
        Assert.Equal(new ChainGhost("b0", 1, 2), ((GhostsMoved)await HeardAsync(notices, notice => notice is GhostsMoved)).Ghosts.Single());
        await here.ApplyAsync(ChainFixture.Editor("bo"), ChainOperation.Add("b1", ChainKind.Note), default);
        await HeardAsync(notices, notice => notice is ChainChanged { Number: 2 });
        Assert.True(there.State.Document.Elements.ContainsKey("b1"));

        // Guests on the other node are asked to finish, and a drag ends when the dragging page closes.
        here.AskToFinish();
        await HeardAsync(notices, notice => notice is FinishWriting);
        bo.Drag([new ChainGhost("b0", 3, 4)]);
        bo.Dispose();

        // In either order: the two are sent apart.
        var still = false;
        while (!still || there.Present.Any(p => p.Name == "bo"))
            still |= await HeardAsync(notices, _ => true) is GhostsMoved { Ghosts.Count: 0 };
        await one.StopAsync(default);
        await two.StopAsync(default);
    }

    private static ChainSessions Node(ChainFixture fixture, ConnectionMultiplexer redis) => new(
        fixture.Store, fixture.Log, fixture.Codes, fixture.Time, NullLogger<ChainSessions>.Instance,
        new RedisChainBackplane(redis, NullLogger<RedisChainBackplane>.Instance));

    private static async Task<bool> IsHeardSoonAsync(
        System.Threading.Channels.Channel<ChainNotice> notices, Func<ChainNotice, bool> wanted)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        soon.CancelAfter(TimeSpan.FromMilliseconds(500));
        try
        {
            while (!wanted(await notices.Reader.ReadAsync(soon.Token))) { }
            return true;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // What a notice tells of may be there before the notice is read.
    private static async Task SeenAsync(System.Threading.Channels.Channel<ChainNotice> notices, Func<bool> seen)
    {
        while (!seen()) await HeardAsync(notices, _ => true);
    }

    private static async Task<ChainNotice> HeardAsync(
        System.Threading.Channels.Channel<ChainNotice> notices, Func<ChainNotice, bool> wanted)
    {
        while (true)
        {
            var notice = await notices.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (wanted(notice)) return notice;
        }
    }
}
