using System.Text.Json.Serialization;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Verification;

namespace Portal.Features.Ledger.Api;

/// <summary>
/// The result of a full verification as JSON. Before the first run, only <see cref="Running"/> and <see cref="Walked"/> are present.
/// </summary>
/// <param name="Root">Base64.</param>
/// <param name="FirstBroken">Sequence number of the first message that fails, or the leaf's number in <paramref name="BrokenLog"/>.</param>
/// <param name="BrokenLog">The log in which it is: <c>handlinger</c> or <c>adgang</c>; absent for the log of messages.</param>
/// <param name="Walked">Messages verified so far by the run in progress.</param>
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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BrokenLog,
    bool Running,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Walked)
{
    internal static VerificationJson Of(StoredVerification? last, RunningVerification? running) => new(
        last is null ? null : last.FirstBroken is null, last?.Size, last is null ? null : Convert.ToBase64String(last.Root),
        last?.Checkpoints, last?.Erased, last?.VerifiedAt,
        last?.FirstBroken, last?.Problem, last?.Why, last?.BrokenLog, running is not null, running?.Walked);
}

/// <summary>A consistency proof (RFC 9162) as JSON; roots and hashes in Base64.</summary>
public sealed record ConsistencyJson(long From, long To, string FromRoot, string ToRoot, IReadOnlyList<string> Hashes)
{
    internal static ConsistencyJson Of(ConsistencyProof proof) =>
        new(proof.From, proof.To, Convert.ToBase64String(proof.FromRoot), Convert.ToBase64String(proof.ToRoot),
            [.. proof.Hashes.Select(Convert.ToBase64String)]);
}
