namespace Portal.Features.Benefits.Page;

/// <summary>The names of forms in the address of the benefits' page: the form of the place that the fragment names is open.</summary>
public static class OpenedForm
{
    /// <summary>A number is entered.</summary>
    public const string Number = "tal";

    /// <summary>A follow-up is marked as done.</summary>
    public const string FollowUp = "opfoelgning";

    /// <summary>The cause of a deviation is written.</summary>
    public const string Cause = "aarsag";

    /// <summary>A decision is answered.</summary>
    public const string Answer = "svar";
}
