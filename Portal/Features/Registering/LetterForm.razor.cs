using Microsoft.AspNetCore.Components;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Ui;

namespace Portal.Features.Registering;

/// <summary>The form of one letter.</summary>
public sealed partial class LetterForm
{
    private Dictionary<string, string> _values = Empty();

    private const string UuidField = "identifiers.messageUuid";
    private const string ClockField = "sentAt.clock";

    // Counts the letters that were registered: each has fields of its own.
    private int _round;

    private IReadOnlyList<LetterProblem> _problems = [];
    private string? _filledFrom;
    private LetterRegistration? _stored;
    private RegistrationOutcome _outcome;

    // The letter that the form asks about, and what: each question is asked once, and pressing again is a yes.
    private LetterRegistration? _asked;
    private Question _question;
    private LetterOfSameUuid? _sameUuid;
    private bool _outside;
    private bool _sameNumber;
    private bool _sameDocuments;
    private FormGuard _form = null!;

    // In the order in which they are asked.
    private enum Question
    {
        None,
        SentAhead,
        NoPeriod,
        SameUuid,
        Correction,
    }

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
        var letter = await ReadAsync();
        var answered = letter is not null && letter == _asked ? _question : Question.None;
        (_asked, _question) = (letter, Question.None);
        if (letter is null) return false;
        var viewer = await CurrentViewer.GetAsync();
        _question = await NextAsync(viewer, letter, answered);
        if (_question != Question.None) return false;
        _outcome = (await Registry.RegisterAsync(viewer, [letter], RegistrationSource.Person, CancellationToken.None))[0];
        if (_outcome == RegistrationOutcome.OutsideLimits)
        {
            _outside = true;
            return false;
        }

        (_stored, _asked) = (letter, null);

        // The form is ready for the next letter. A letter sent instead of another has no next one.
        if (Replaced is null) (_values, _round) = (Empty(), _round + 1);
        return true;
    });

    // The next question about the letter after the one that was answered; none when it can be registered.
    private async Task<Question> NextAsync(Viewer viewer, LetterRegistration letter, Question answered)
    {
        if (answered < Question.SentAhead && letter.SentAt > Time.GetUtcNow() + LetterFile.ClockTolerance) return Question.SentAhead;
        if (answered < Question.NoPeriod && DoubtOf(letter) == CaseTypeDoubt.Unknown) return Question.NoPeriod;
        if (answered == Question.Correction) return Question.None;
        var outcome = (await Preview.PreviewAsync(viewer, [letter], CancellationToken.None))[0];
        if (answered < Question.SameUuid && outcome is RegistrationOutcome.Created or RegistrationOutcome.Corrected)
        {
            _sameUuid = (await Preview.SameUuidAsync(viewer, [letter], CancellationToken.None))[0];
            if (_sameUuid is not null) return Question.SameUuid;
        }

        return outcome == RegistrationOutcome.Corrected ? Question.Correction : Question.None;
    }

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
        var wrongTime = !LetterMoment.IsWrongClock(Of("sentAt")) ? LetterMoment.Problem(Of("sentAt"), isDayAlone: true) is { } wrongDay
            ? new LetterProblem("sentAt", wrongDay) : null : new LetterProblem(ClockField, L["NoTimeOfDay"]);
        _problems = [.. result.Problems.Select(p => p.Field == "sentAt" && wrongTime is not null ? wrongTime : p)];

        // Systems may register another text (the API takes it), but a person who types one has copied something else.
        if (Of(UuidField) is { } uuid && !_problems.Any(p => p.Field == UuidField)
            && IdentifierKey.Uuid(uuid) is null)
        {
            _problems = [.. _problems, new LetterProblem(UuidField, L["NoUuid"])];
        }

        return _problems.Count == 0 ? result.Letter : null;
    }
}
