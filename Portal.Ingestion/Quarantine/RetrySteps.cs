namespace Portal.Ingestion.Quarantine;

/// <summary>
/// The steps of a retry: of each cause one row is tried first, then five, then fifty, then the rest. When a row of a step stays for the
/// same
/// cause, the cause is not mended, and its later steps are held back. Pure.
/// </summary>
internal static class RetrySteps
{
    // The number of rows of each step but the last.
    private static readonly int[] Sizes = [1, 5, 50];

    /// <summary>The step, from 0, of a cause's row, counted from 0 in the order in which they are tried.</summary>
    public static int Of(int index)
    {
        var step = 0;
        for (; step < Sizes.Length && index >= Sizes[step]; step++) index -= Sizes[step];
        return step;
    }
}
