namespace Portal.Ingestion.Log;

/// <summary>The steps of storing a delivery, from its bytes to its commit, and those of quarantining and retrying it.</summary>
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
/// Called before each step of the append path (<see cref="AppendCall.Committed"/>: after it). It does nothing; fault-injection tests derive
/// from it.
/// </summary>
public class AppendProbe
{
    /// <summary>Called before the step; an exception thrown here counts as thrown by the step.</summary>
    public virtual void At(AppendCall call)
    {
    }
}
