using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;

namespace Portal.Features.Demo;

/// <summary>Creates the three example chains through the real store. One that exists, or was moved to the trash, is left alone.</summary>
internal sealed class DemoChains(IChainStore chains, ChainExamples examples, PortalSettings settings)
{
    private readonly Viewer _demo = new("demo", "Demo", ViewerRights.Chains | ViewerRights.EditChains, [settings.Cvr[0]], TypeScope.None);

    /// <summary>Creates the chains that are missing.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var trash = await chains.TrashAsync(_demo, cancellationToken);
        // In reverse, since the gallery lists the newest first.
        foreach (var example in examples.All.Reverse())
        {
            var id = $"demo-{example.Id}";
            if (trash.Any(c => c.Id == id) || await chains.FindAsync(_demo, id, cancellationToken) is not null) continue;
            await chains.CreateAsync(_demo, id, example.Document, cancellationToken);
        }
    }
}
