using System.Text;
using Portal.Features.Evidence;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Retention;
using Portal.Platform.Documents;

namespace Portal.Tests.Features.Evidence;

/// <summary>Exact bytes and person numbers for evidence, in memory.</summary>
internal sealed class FakeEvidenceSource : IEvidenceSource
{
    public Dictionary<long, byte[]> Bytes { get; } = [];

    public Dictionary<string, CprNumber> Numbers { get; } = [];

    public Task<IReadOnlyDictionary<long, ContentReading>> BytesAsync(
        Viewer viewer, string caseNumber, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<long, ContentReading>>(Bytes.ToDictionary(b => b.Key, b => ContentReading.Of(b.Value)));

    public Task<IReadOnlyDictionary<string, CprNumber>> RecipientNumbersAsync(
        Viewer viewer, string caseNumber, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, CprNumber>>(Numbers);
}

/// <summary>A ledger that gives the same proof for every message.</summary>
internal sealed class FakeLedger : ILedgerProofs
{
    public Task<LedgerEvidence?> ReadAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        Task.FromResult<LedgerEvidence?>(new LedgerEvidence(
            "portal.local/beskeder\n1042\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— portal.local/beskeder "
                + "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n",
            "portal.local/beskeder+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
            sequences.ToDictionary(s => s, s => $"c2sp.org/tlog-proof@v1\nindex {s - 1}\n")));
}

/// <summary>A ledger that can give no proof.</summary>
internal sealed class NoLedger : ILedgerProofs
{
    public Task<LedgerEvidence?> ReadAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        Task.FromResult<LedgerEvidence?>(null);
}

/// <summary>A forecast in which little has passed its retention period.</summary>
internal sealed class FakeForecast : IRetentionForecast
{
    public Task<ErasureCounts?> CountAsync(Viewer viewer, DateTimeOffset at, CancellationToken cancellationToken) =>
        Task.FromResult<ErasureCounts?>(new ErasureCounts(2, 0, 1, 0, 0));
}
