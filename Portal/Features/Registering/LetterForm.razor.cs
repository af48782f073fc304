using Microsoft.AspNetCore.Components;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Ui;

namespace Portal.Features.Registering;

/// <summary>The form of one letter.</summary>
public sealed partial class LetterForm
{
    private Dictionary<string, string> _values = Empty();

    // Counts the letters that were registered: each has fields of its own.
    private int _round;

    private IReadOnlyList<LetterProblem> _problems = [];
    private string? _filledFrom;
    private LetterRegistration? _stored;
    private LetterRegistration? _corrects;
    private RegistrationOutcome _outcome;
    private LetterRegistration? _ahead;
    private LetterRegistration? _noPeriod;
    private bool _asksCorrection;
    private bool _outside;
    private bool _sameNumber;
    private bool _sameDocuments;
    private FormGuard _form = null!;

    /// <summary>The letter that the new one is sent instead of, which fills the form; null for none.</summary>
    [Parameter] public ResendDraft? Replaced { get; set; }

    /// <summary>Reads the whole number of that letter's addressee when the new letter is registered; it is never shown.</summary>
    [Parameter] public Func<Task<LetterRecipient?>> WholeRecipient { get; set; } = () => Task.FromResult<LetterRecipient?>(null);

    private static Dictionary<string, string> Empty() => LetterColumns.All.ToDictionary(c => c.Field, c => c.Field switch
    {
        "channel" => nameof(LetterChannel.DigitalPost),
        "decision" => "ja",
        "receipts" => ReceiptsOrdered.All.ToWire(),
        _ => "",
    });

    private bool HasNumber => Replaced?.Letter.Recipient is { Id.Length: > 0 };

    // A draft in the browser belongs to the letter that the form was filled from.
    private string Draft => Replaced is null ? "letter" : $"letter-{Replaced.RowId}";

    protected override void OnParametersSet()
    {
        if (Replaced is not { Letter: var old } || _filledFrom == Replaced.RowId) return;
        _filledFrom = Replaced.RowId;
        (_sameNumber, _sameDocuments) = (HasNumber, old.Documents.Count > 0);
        foreach (var (field, value) in (ReadOnlySpan<(string, string?)>)[
            ("caseNumber", old.CaseNumber), ("caseType", old.CaseType), ("title", old.Title), ("recipient.name", old.Recipient.Name),
            ("channel", old.Channel.ToString()), ("decision", old.Decision ? "ja" : "nej"), ("receipts", old.Receipts.ToWire()),
            ("postCategory", old.PostCategory), ("replaces", old.LetterId), ("kle", old.Kle), ("organisationUnit", old.OrganisationUnit)])
        {
            _values[field] = value ?? "";
        }
    }

    private string PeriodTypes => string.Join(", ", Settings.AppealPeriods.Keys.Select(CaseTypes.Name));

    private CaseTypeDoubt DoubtOf(LetterRegistration letter) => CaseTypeCode.DoubtOf(letter, Settings.AppealPeriods.Keys.ToArray());

    private static bool IsIdentifier(LetterColumns.Column column) => column.Field.StartsWith("identifiers.", StringComparison.Ordinal);

    private bool IsHidden(string field) => _sameNumber && field is "recipient.id" or "recipient.idType";

    private string? ProblemOf(LetterColumns.Column column) => _problems.FirstOrDefault(p => p.Field == column.Field)?.Message;

    private Task<bool> SubmitAsync() => _form.RunAsync(async () =>
    {
        (_stored, _outside) = (null, false);
        if (await ReadAsync() is not { } letter) return false;
        if (letter.SentAt > Time.GetUtcNow() + LetterFile.ClockTolerance && letter != _ahead && letter != _noPeriod)
        {
            _ahead = letter;
            return false;
        }

        if (letter != _noPeriod && DoubtOf(letter) == CaseTypeDoubt.Unknown)
        {
            (_noPeriod, _ahead) = (letter, null);
            return false;
        }

        var viewer = await CurrentViewer.GetAsync();

        // Ask for confirmation once for each correction.
        if (letter != _corrects
            && (await Preview.PreviewAsync(viewer, [letter], CancellationToken.None))[0] == RegistrationOutcome.Corrected)
        {
            (_asksCorrection, _corrects) = (true, letter);
            return false;
        }

        _outcome = (await Registry.RegisterAsync(viewer, [letter], RegistrationSource.Person, CancellationToken.None))[0];
        if (_outcome == RegistrationOutcome.OutsideLimits)
        {
            _outside = true;
            return false;
        }

        (_stored, _asksCorrection, _corrects, _ahead, _noPeriod) = (letter, false, null, null, null);

        // The form is ready for the next letter. A letter sent instead of another has no next one.
        if (Replaced is null) (_values, _round) = (Empty(), _round + 1);
        return true;
    });

    // The letter of the form, or null with its problems.
    private async Task<LetterRegistration?> ReadAsync()
    {
        var same = _sameNumber ? await WholeRecipient() : null;
        if (_sameNumber && same is null)
        {
            _problems = [new LetterProblem("recipient.id", L["NumberGone"])];
            return null;
        }

        string? Of(string field) => (field switch
        {
            "recipient.id" when same is not null => same.Id,
            "recipient.idType" when same is not null => same.IdType,
            _ => _values[field],
        }) is { Length: > 0 } value ? value : null;
        var documents = _sameDocuments ? Replaced?.Letter.Documents : null;
        var submission = LetterFields.ToSubmission(Of) with
        {
            Decision = Of("decision") == "ja",
            Documents = documents?.Select(d => new DocumentSubmission { Name = d.Name, Sha256 = d.Sha256 }).ToList(),
        };
        var result = LetterValidation.Validate(submission, Time.GetUtcNow());
        var wrongTime = LetterMoment.Problem(Of("sentAt"));
        _problems = [.. result.Problems.Select(p => p.Field == "sentAt" && wrongTime is not null ? p with { Message = wrongTime } : p)];
        return result.Letter;
    }
}
