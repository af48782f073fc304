namespace Portal.Features.Chains.Canvas;

/// <summary>A component that calculates a box's numbers. Registered by the benefits, which the chains may not reference.</summary>
/// <param name="Component">Takes the parameters of <see cref="BoxArithmeticSlot"/>.</param>
public sealed record BoxArithmeticView(Type Component);
