using System.Net.Sockets;

namespace Portal.Ingestion.Storage;

/// <summary>Explains in Danish why a database cannot be opened or read, for the person who starts a program.</summary>
public static class DatabaseProblem
{
    /// <summary>One sentence without a full stop, and without anything secret.</summary>
    public static string Explain(Exception problem)
    {
        var found = DatabaseErrors.Find(problem);
        if (found is { } known && known.Of.ExplainStart(known.Error) is { } why) return why;
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException) return "serveren svarer ikke: den er nede, eller vært og port er forkerte";
            if (cause is TimeoutException) return "serveren svarede ikke i tide";
        }

        return found is not null ? "forbindelsen til serveren blev afbrudt"
            : problem is UnauthorizedAccessException ? "adgang nægtet til filen eller dens mappe"
            : problem?.Message ?? "ukendt årsag";
    }
}
