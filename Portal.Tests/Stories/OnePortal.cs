using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Exchange;
using Portal.Features.Chains.Storage;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>One portal for all stories of a class.</summary>
public sealed class OnePortal : IAsyncLifetime
{
    private HostedPortal? _portal;

    internal RunningPortal Process => _portal ?? throw new InvalidOperationException("The portal is not started yet.");

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _portal = await HostedPortal.StartAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _portal?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Creates a copy of the first example chain; returns its id.</summary>
    internal async Task<string> WorkedChainAsync()
    {
        var document = new ChainExamples().All[0].Document;
        var sent = JsonSerializer.SerializeToNode(ChainJson.Of(new ChainSummary("x", document.Title, document.Department, ChainStage.Draft,
            0, 1, default, "", default, "", null), document), Portal.Platform.Http.PortalJson.Options)!.AsObject();
        sent.Remove("id");
        using var body = new StringContent(sent.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await Process.Http.PostAsync(new Uri("/api/effektkaeder", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }

    /// <summary>The stored place of a box.</summary>
    internal async Task<(double X, double Y)> PlaceAsync(string chain, string box)
    {
        var element = (await Process.GetAsync($"/api/effektkaeder/{chain}"))["elements"]!.AsArray()
            .First(e => e!["id"]!.GetValue<string>() == box)!;
        return (element["x"]!.GetValue<double>(), element["y"]!.GetValue<double>());
    }
}
