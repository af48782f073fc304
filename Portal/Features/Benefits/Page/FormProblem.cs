namespace Portal.Features.Benefits.Page;

/// <summary>
/// What is wrong with one field of a form. A form cascades it to its fields, so that it is shown where it is to be mended.
/// </summary>
/// <param name="FieldId">The id of the field's input.</param>
/// <param name="Text">What is wrong, and what to do.</param>
public sealed record FormProblem(string FieldId, string Text);
