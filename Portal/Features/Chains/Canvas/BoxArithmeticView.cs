namespace Portal.Features.Chains.Canvas;

/// <summary>The component that works out a box's numbers next to the board. Given by the benefits, which lie above the chains.</summary>
/// <param name="Component">Takes the parameters of <see cref="BoxArithmeticSlot"/>.</param>
public sealed record BoxArithmeticView(Type Component);
