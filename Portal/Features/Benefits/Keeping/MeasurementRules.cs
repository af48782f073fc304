using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Problems;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Keeping;

/// <summary>The rules of measurements. Pure.</summary>
public static class MeasurementRules
{
    private const int MaxNote = 1_000;
    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Returns the broken rules, about 50 at most; a field is named <c>[2].value</c> for the third measurement.</summary>
    public static IReadOnlyList<IndicatorProblem> Check(
        IReadOnlyList<NewMeasurement> measurements, ChainDocument document, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        var problems = new List<IndicatorProblem>();
        if (measurements.Count == 0) problems.Add(new("$", ProblemTexts.Of("NoMeasurements")));
        if (measurements.Count > BenefitStore.MaxMeasurements)
            problems.Add(new("$", ProblemTexts.Of("TooManyMeasurements", BenefitStore.MaxMeasurements)));
        for (var n = 0; n < measurements.Count && problems.Count < 50; n++)
        {
            var measurement = measurements[n];
            if (document.Find(measurement.ElementId) is null)
            {
                problems.Add(new($"[{n}].elementId", ProblemTexts.Of("NoSuchBox", CprNumber.MaskIn(measurement.ElementId))));
            }

            if (measurement.At > now.AddDays(1)) problems.Add(new($"[{n}].at", ProblemTexts.Of("MeasurementInFuture")));
            if (measurement.At < Earliest) problems.Add(new($"[{n}].at", ProblemTexts.Of("MeasurementTooOld")));
            if (measurement.Value is { } value && !Amount.Fits(value))
                problems.Add(new($"[{n}].value", ProblemTexts.Of("MeasurementTooLarge")));
            if (measurement.Note?.Length > MaxNote) problems.Add(new($"[{n}].note", ProblemTexts.Of("NoteTooLong", MaxNote)));
            if (measurement.Note is not null && CprNumber.IsIn(measurement.Note))
                problems.Add(new($"[{n}].note", ProblemTexts.Of("NoteHasCpr")));
        }

        return problems;
    }
}
