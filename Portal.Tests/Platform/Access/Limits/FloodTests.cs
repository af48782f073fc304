using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Access;
using Portal.Platform.Access.Limits;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access.Limits;

/// <summary>What is sent in great numbers by nobody in particular: the portal answers others afterwards, and keeps little.</summary>
public sealed class FloodTests
{
    private const int SignIns = 10_000, Connections = 1_000, AtOnce = 16;
    private const int MostBytesEach = 4096;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    // What is allocated is at least what is kept; the process's memory is other tests' too.
    [Fact]
    public void What_a_failed_sign_in_leaves_in_memory_is_little_however_many_networks_try()
    {
        using var attempts = new SignInAttempts();
        var networks = Enumerable.Range(0, SignIns).Select(n => new DefaultHttpContext
        {
            Connection = { RemoteIpAddress = IPAddress.Parse($"2001:db8:{n / 256:x}:{n % 256:x}::1") },
        }).ToList();
        attempts.Wrong(networks[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var network in networks)
        {
            Assert.True(attempts.MayTry(network));
            attempts.Wrong(network);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)SignIns * MostBytesEach);
    }

    [Fact, Long]
    public async Task Ten_thousand_sign_ins_from_as_many_networks_leave_a_portal_that_answers()
    {
        await using var host = await ApiHost.StartOnKestrelAsync(configuration: ("Portal:TrustedProxies:0", "127.0.0.1"));
        var answers = await FloodAsync(host, SignIns, 0);
        Assert.Equal(SignIns, answers.Values.Sum());
        Assert.All(answers.Keys, status => Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests, $"{status}"));
        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.Get("/login")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await host.SignedInAsync(PortalRoles.Manager)).Get("/side")).StatusCode);

        // From one network, all but a few are refused before they are looked at.
        var one = await FloodAsync(host, SignIns, 0, oneNetwork: true);
        Assert.True(one[HttpStatusCode.TooManyRequests] >= SignIns - (20 * SignInAttempts.Allowed));
    }

    [Fact, Long]
    public async Task A_thousand_connections_without_a_session_open_no_circuit_and_people_get_theirs()
    {
        var circuits = new Counted();
        await using var host = await ApiHost.StartOnKestrelAsync(
            more: services => services.AddSingleton(circuits).AddScoped<CircuitHandler, Counting>());
        var person = await host.SignedInAsync(PortalRoles.Manager);
        var address = new UriBuilder(new Uri(person.BaseAddress!, "/_blazor")) { Scheme = "ws" }.Uri;
        var refused = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Connections), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Ended },
            async (_, stop) =>
            {
                using var socket = new ClientWebSocket();
                if (await Record.ExceptionAsync(() => socket.ConnectAsync(address, stop)) is WebSocketException)
                    Interlocked.Increment(ref refused);
            });
        Assert.Equal((Connections, 0), (refused, circuits.Opened));
        using var own = new ClientWebSocket();
        own.Options.SetRequestHeader("Cookie", person.DefaultRequestHeaders.GetValues("Cookie").Single());
        await own.ConnectAsync(address, Ended);
        Assert.Equal(WebSocketState.Open, own.State);
        own.Abort();
    }

    // Forms without their token, each from a network of its own.
    private static async Task<Dictionary<HttpStatusCode, int>> FloodAsync(ApiHost host, int count, int from, bool oneNetwork = false)
    {
        var answers = new Dictionary<HttpStatusCode, int>();
        using var client = host.Anonymous;
        await Parallel.ForEachAsync(
            Enumerable.Range(from, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Ended },
            async (n, stop) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/login/persona")
                {
                    Content = new FormUrlEncodedContent([new("persona", PortalRoles.Manager)]),
                };
                request.Headers.Add("X-Forwarded-For", oneNetwork ? "2001:db8:ffff::1" : $"2001:db8:{n / 256:x}:{n % 256:x}::1");
                using var answer = await client.SendAsync(request, stop);
                lock (answers) answers[answer.StatusCode] = answers.GetValueOrDefault(answer.StatusCode) + 1;
            });
        return answers;
    }

    private sealed class Counted
    {
        public int Opened;
    }

    private sealed class Counting(Counted counted) : CircuitHandler
    {
        public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref counted.Opened);
            return Task.CompletedTask;
        }
    }
}
