using Portal.Features.Chains.Document;
using Portal.Features.Chains.Exchange;

namespace Portal.Features.Chains.Examples;

/// <summary>An example chain that a new chain can be created from.</summary>
public sealed record ChainExample(string Id, ChainDocument Document);

/// <summary>The three example chains, embedded as JSON in the format of the HTTP interface.</summary>
public sealed class ChainExamples
{
    private static readonly string[] Names = ["digital-post-huslejenaevn", "automatisk-lederkontrol", "dokumentation-flere-steder"];

    private readonly Lazy<IReadOnlyList<ChainExample>> _all = new(() => [.. Names.Select(Read)]);

    /// <summary>All examples; every box has a position.</summary>
    public IReadOnlyList<ChainExample> All => _all.Value;

    private static ChainExample Read(string name)
    {
        using var resource = typeof(ChainExamples).Assembly.GetManifestResourceStream($"ChainExamples.{name}")
            ?? throw new InvalidOperationException($"The example {name} is missing.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        var read = ChainReader.Read(bytes.ToArray());
        return new ChainExample(
            name, read.Document ?? throw new InvalidOperationException($"The example {name} is wrong: {read.Problems[0]}"));
    }
}
