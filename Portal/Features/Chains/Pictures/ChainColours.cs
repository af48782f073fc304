using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Pictures;

/// <summary>The colours of kinds on white. Never alone: a box's place and heading say the same.</summary>
public static class ChainColours
{
    /// <summary>Edge and ground.</summary>
    public static (string Stroke, string Fill) Of(ChainKind kind) => kind switch
    {
        ChainKind.Purpose => ("#5d3a8e", "#ffffff"),
        ChainKind.Problem => ("#a3211a", "#ffffff"),
        ChainKind.Capability => ("#0b5566", "#ffffff"),
        ChainKind.Future or ChainKind.Result => ("#1d4f8c", "#ffffff"),
        ChainKind.Difference => ("#7a4f00", "#ffffff"),
        ChainKind.Benefit => ("#176b35", "#f3faf5"),
        ChainKind.NegativeBenefit => ("#a3211a", "#fdf4f3"),
        ChainKind.NewBehaviour => ("#0b5566", "#f0f8fa"),
        ChainKind.Note => ("#8a7a2f", "#fffbe6"),
        _ => ("#566573", "#ffffff"),
    };
}
