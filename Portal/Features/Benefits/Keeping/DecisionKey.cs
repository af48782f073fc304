using System.Globalization;

namespace Portal.Features.Benefits.Keeping;

/// <summary>Names a decision, so that its answer is found again: one that a person wrote, or one that follows from a benefit.</summary>
public static class DecisionKey
{
    /// <summary>A decision that a person wrote.</summary>
    public static string OfNote(long noteId) => string.Create(CultureInfo.InvariantCulture, $"note:{noteId}");

    /// <summary>Who is to own a benefit.</summary>
    public static string OfOwner(string elementId) => "owner:" + elementId;

    /// <summary>What is to be done about a benefit that is behind or has become worse.</summary>
    public static string OfCourse(string elementId) => "course:" + elementId;

    /// <summary>What freed time is to be used for.</summary>
    public static string OfTimeUse(string elementId) => "time:" + elementId;

    /// <summary>Whether freed time is used as it was decided.</summary>
    public static string OfTimeCheck(string elementId) => "timecheck:" + elementId;

    /// <summary>What is to be done about a target that cannot be reached.</summary>
    public static string OfTarget(string elementId) => "target:" + elementId;
}
