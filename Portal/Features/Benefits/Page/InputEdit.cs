using Portal.Features.Benefits.Inputs;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Page;

/// <summary>An agreed number that is to be changed or added.</summary>
/// <param name="Fact">Null for one that is added.</param>
/// <param name="Offered">The value that the form begins with.</param>
public sealed record InputEdit(InputKey Key, InputFact? Fact, decimal? Offered)
{
    /// <summary>Why it is locked, so that a change asks why; null when it is not.</summary>
    public ILocalizedText? Lock { get; init; }

    /// <summary>The unit in which the form asks for the value: a share in percent.</summary>
    public string Unit => Key.Part switch
    {
        InputPart.Share => "%",
        InputPart.Minutes => "min",
        InputPart.HourPrice or InputPart.InitiativeCost => "kr.",
        _ => "",
    };

    /// <summary>How many of the form's unit one of the stored number is.</summary>
    public decimal Scale => Key.Part == InputPart.Share ? 100 : 1;
}
