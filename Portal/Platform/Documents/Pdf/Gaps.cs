namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// The space between blocks, as in <c>document.css</c>: the larger of what is asked for below the one and above the other, and below a
/// heading what the heading asks for.
/// </summary>
internal sealed class Gaps
{
    private double _below;
    private bool _exactly;

    /// <summary>The space above a block, in points.</summary>
    public double Above(double millimetres)
    {
        var gap = _exactly ? _below : Math.Max(_below, PageSize.Mm(millimetres));
        (_below, _exactly) = (0, false);
        return gap;
    }

    /// <summary>Asks for space below the block.</summary>
    /// <param name="exactly">True: the next block gets this much, however much it asks for.</param>
    public void Below(double millimetres, bool exactly = false) => (_below, _exactly) = (PageSize.Mm(millimetres), exactly);
}
