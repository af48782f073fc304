using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Canvas;

/// <summary>Everything that one editor's rendering of a box depends on; equal views render the same.</summary>
/// <param name="Element">The box.</param>
/// <param name="AccessibleName">From <see cref="BoxAccessibleName"/>.</param>
/// <param name="Chosen">True when it is chosen.</param>
/// <param name="Editing">True while its text is edited in place.</param>
/// <param name="Linking">True while a link is drawn from it.</param>
/// <param name="Writer">Name of another editor who is typing in it; null for none.</param>
/// <param name="Hints">Number of open hints on it.</param>
/// <param name="Votes">How many votes it has.</param>
public sealed record BoxView(
    ChainElement Element, string AccessibleName, bool Chosen, bool Editing, bool Linking, string? Writer, int Hints, int Votes);

/// <summary>A component that calculates a box's numbers. Registered by the benefits, which the chains may not reference.</summary>
/// <param name="Component">Takes the parameters of <see cref="BoxArithmeticSlot"/>.</param>
public sealed record BoxArithmeticView(Type Component);
