namespace Portal.Ingestion.Log;

/// <summary>The calls that a delivery passes from its bytes to its commit, and those that keep or try again what was refused.</summary>
public enum AppendCall
{
    Read,
    Draft,
    Compress,
    Open,
    Begin,
    Lock,
    FindKnown,
    ReadKnownContent,
    FindKind,
    InsertKind,
    InsertMessage,
    InsertContent,
    InsertErrorWords,
    CountRepeat,
    WriteLedger,
    CountVolumes,
    KeepInQuarantine,
    FindQuarantined,
    ResolveQuarantined,
    Commit,
    Committed,
}

/// <summary>
/// Is called at each step of the append path before it is made (<see cref="AppendCall.Committed"/>: after). The fault-injection tests
/// derive from it; else it does nothing.
/// </summary>
public class AppendProbe
{
    /// <summary>The call is about to be made; what this throws is what the call throws.</summary>
    public virtual void At(AppendCall call)
    {
    }
}
