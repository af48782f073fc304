using System.Text.Json.Serialization;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Verification;

namespace Portal.Features.Ledger.Api;

/// <summary>What a full verification found, on the wire. Without a first run all but <see cref="Running"/> are missing.</summary>
/// <param name="Root">Base64.</param>
/// <param name="FirstBroken">Sequence number of the first that is wrong.</param>
/// <param name="Walked">Messages walked by the run that is under way.</param>
public sealed record VerificationJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Intact,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Size,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Root,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Checkpoints,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Erased,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? VerifiedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? FirstBroken,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Problem,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why,
    bool Running,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Walked)
{
    internal static VerificationJson Of(StoredVerification? last, RunningVerification? running) => new(
        last is null ? null : last.FirstBroken is null, last?.Size, last is null ? null : Convert.ToBase64String(last.Root),
        last?.Checkpoints, last?.Erased, last?.VerifiedAt,
        last?.FirstBroken, last?.Problem, last?.Why, running is not null, running?.Walked);
}

/// <summary>A consistency proof on the wire; roots and hashes in Base64.</summary>
public sealed record ConsistencyJson(long From, long To, string FromRoot, string ToRoot, IReadOnlyList<string> Hashes)
{
    internal static ConsistencyJson Of(ConsistencyProof proof) =>
        new(proof.From, proof.To, Convert.ToBase64String(proof.FromRoot), Convert.ToBase64String(proof.ToRoot),
            [.. proof.Hashes.Select(Convert.ToBase64String)]);
}
