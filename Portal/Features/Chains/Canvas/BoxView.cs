using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Canvas;

/// <summary>All that decides how a box looks to one editor; two that are equal look the same.</summary>
/// <param name="Element">The box.</param>
/// <param name="AccessibleName">The box in words (<see cref="BoxAccessibleName"/>).</param>
/// <param name="Chosen">It is chosen.</param>
/// <param name="Editing">Its text is being written in place.</param>
/// <param name="Linking">A link is being drawn from it.</param>
/// <param name="Writer">Who else writes in it; null for nobody.</param>
/// <param name="Hints">How many hints lead to it.</param>
/// <param name="Votes">How many votes it has.</param>
public sealed record BoxView(
    ChainElement Element, string AccessibleName, bool Chosen, bool Editing, bool Linking, string? Writer, int Hints, int Votes);

/// <summary>The component that works out a box's numbers next to the board. Given by the benefits, which lie above the chains.</summary>
/// <param name="Component">Takes the parameters of <see cref="BoxArithmeticSlot"/>.</param>
public sealed record BoxArithmeticView(Type Component);
