using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Operations;

/// <summary>Why a push was answered StatusKode 40. The first ones are temporary: the same message will be taken later.</summary>
public enum PushRefusal
{
    /// <summary>The database does not accept messages.</summary>
    Storage,

    /// <summary>As many messages as are held at once were being received.</summary>
    Busy,

    /// <summary>The message was not read and stored in time.</summary>
    Late,

    /// <summary>The portal was stopping.</summary>
    Closing,

    /// <summary>An unexpected error; the log has it.</summary>
    Unforeseen,

    /// <summary>The sender showed neither certificate nor API key, or an unknown key.</summary>
    UnknownCaller,

    /// <summary>The sender's certificate is not listed.</summary>
    UnlistedCertificate,

    /// <summary>The sender's certificate is listed, but has expired.</summary>
    ExpiredCertificate,

    /// <summary>The sender's certificate is listed, but not valid yet.</summary>
    EarlyCertificate,

    /// <summary>The certificate came in a header from an address that is not in <c>Portal:TrustedProxies</c>.</summary>
    UntrustedProxy,

    /// <summary>The sender is known, but may not push.</summary>
    NotAllowed,

    /// <summary>The content has another media type, or is compressed.</summary>
    WrongType,

    /// <summary>The content is empty.</summary>
    Empty,

    /// <summary>The content ended too early.</summary>
    CutShort,
}

/// <summary>A sender's unbroken row of answers 40.</summary>
/// <param name="Caller">Name of the certificate, id of the key, or address.</param>
/// <param name="Since">UTC, the row's first answer.</param>
/// <param name="Last">UTC, the row's latest answer.</param>
/// <param name="Count">How many answers.</param>
/// <param name="Why">The latest reason.</param>
/// <param name="HttpStatus">The latest HTTP status.</param>
/// <param name="Detail">The database's trouble in one Danish sentence; else null.</param>
/// <param name="Limit">UTC, when the certificate expired or becomes valid; else null.</param>
public sealed record PushRefusalRow(
    string Caller, DateTimeOffset Since, DateTimeOffset Last, long Count, PushRefusal Why, int HttpStatus, string? Detail,
    DateTimeOffset? Limit)
{
    /// <summary>True when the cause is ours and passes; false when the sender's request is the cause.</summary>
    public bool IsTemporary => Why <= PushRefusal.Unforeseen;

    /// <summary>True when a person must act: the portal takes no messages, or a sender's certificate is the cause.</summary>
    public bool NeedsAttention => IsTemporary || Why is PushRefusal.ExpiredCertificate or PushRefusal.EarlyCertificate;
}

/// <summary>A certificate that came in a header from an address which is not a trusted proxy, and was not used.</summary>
/// <param name="Address">The address it came from last.</param>
/// <param name="Since">UTC, the first time.</param>
/// <param name="Last">UTC, the latest time.</param>
/// <param name="Count">How many times.</param>
public sealed record IgnoredCertificateHeader(string Address, DateTimeOffset Since, DateTimeOffset Last, long Count);

/// <summary>
/// What this process has answered the senders of pushes, for Drift: since when a sender gets 40, how often and why. A 20 ends the sender's
/// row, and every row with a temporary cause, since messages are stored again. Thread-safe; in memory only.
/// </summary>
public sealed class PushAnswers(TimeProvider time)
{
    // A stranger's refused call is shown this long after its latest one: no 20 will ever end it.
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    private const int MostRows = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PushRefusalRow> _rows = new(StringComparer.Ordinal);
    private DateTimeOffset? _lastStored;
    private IgnoredCertificateHeader? _ignored;

    /// <summary>UTC, when a message was answered 20 last; null when none was since the start.</summary>
    public DateTimeOffset? LastStored
    {
        get
        {
            lock (_lock) return _lastStored;
        }
    }

    /// <summary>The unbroken rows, the oldest first.</summary>
    public IReadOnlyList<PushRefusalRow> Rows
    {
        get
        {
            var from = time.GetUtcNow() - Forgotten;
            lock (_lock)
            {
                return [.. _rows.Values.Where(r => r.IsTemporary || r.Last >= from)
                    .OrderBy(r => r.Since).ThenBy(r => r.Caller, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The certificate header that was ignored during the last day; null when none was.</summary>
    public IgnoredCertificateHeader? Ignored
    {
        get
        {
            var from = time.GetUtcNow() - Forgotten;
            lock (_lock) return _ignored?.Last >= from ? _ignored : null;
        }
    }

    /// <summary>
    /// One Danish sentence for the other nodes' Drift while a row needs attention; else null. It has no count, because a change of it is
    /// written to the database.
    /// </summary>
    public string? Warning => Rows.FirstOrDefault(r => r.NeedsAttention) is { } row
        ? $"Svarer StatusKode 40 siden {DanishTime.ToLocal(row.Since):dd'.'MM'.' HH':'mm':'ss}: {DanishReason(row)}"
        : null;

    /// <summary>A message was answered 20.</summary>
    public void Stored(string caller)
    {
        lock (_lock)
        {
            _lastStored = time.GetUtcNow();
            if (_rows.Count == 0) return;
            _rows.Remove(caller);
            foreach (var row in _rows.Values.Where(r => r.IsTemporary).ToList()) _rows.Remove(row.Caller);
        }
    }

    /// <summary>A push was answered 40.</summary>
    public void Refused(string caller, PushRefusal why, int httpStatus, string? detail = null, DateTimeOffset? limit = null)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var known = _rows.GetValueOrDefault(caller);
            if (known is null && _rows.Count >= MostRows) _rows.Remove(_rows.Values.MinBy(r => r.Last)!.Caller);
            _rows[caller] = new PushRefusalRow(
                caller, known?.Since ?? now, now, (known?.Count ?? 0) + 1, why, httpStatus, detail, limit);
        }
    }

    /// <summary>A certificate in a header was ignored; true the first time for this address in a row.</summary>
    public bool HeaderIgnored(string address)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var isNew = _ignored is null || _ignored.Address != address;
            _ignored = new IgnoredCertificateHeader(address, isNew ? now : _ignored!.Since, now, isNew ? 1 : _ignored!.Count + 1);
            return isNew;
        }
    }

    private static string DanishReason(PushRefusalRow row) => row switch
    {
        { Detail: { } detail } => detail,
        { Why: PushRefusal.Busy } => "Der modtages så mange beskeder på én gang, som portalen kan rumme.",
        { Why: PushRefusal.Late } => "Beskeder bliver ikke læst og gemt i tide.",
        { Why: PushRefusal.Closing } => "Portalen er ved at lukke.",
        { Why: PushRefusal.ExpiredCertificate } => "Afsenderens certifikat er udløbet.",
        { Why: PushRefusal.EarlyCertificate } => "Afsenderens certifikat er ikke gyldigt endnu.",
        _ => "Beskeden kunne ikke gemmes.",
    };
}
