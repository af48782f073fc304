using Microsoft.Extensions.DependencyInjection;
using Portal.Features.FollowUp;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Platform.Mail;
using Portal.Tests.Features.Cases;

namespace Portal.Tests.Features.FollowUp;

/// <summary>Registers a worklist in memory.</summary>
internal static class FakeWorklistServices
{
    public static IServiceCollection AddWork(this IServiceCollection services, FakeWorklist worklist) => services
        .AddSingleton<IWorklistService>(worklist).AddSingleton<IHandMatching>(worklist).AddSingleton<ISenderMutes>(worklist)
        .AddSingleton<IWorkPeople>(worklist).AddScoped<FollowUpPageServices>()
        .AddSingleton<IMailer>(new SmtpMailer(new SmtpSettings(null, 25, null, null, "")));
}

/// <summary>A worklist in memory that records the calls it gets.</summary>
internal sealed class FakeWorklist(FakeCases cases) : IWorklistService, IHandMatching, ISenderMutes, IWorkPeople
{
    public List<(WorkAction Act, WorkTarget Row)> Acts { get; } = [];

    public List<WorkQuery> Asked { get; } = [];

    /// <summary>Thrown by every write while it is set.</summary>
    public Exception? Error { get; set; }

    public List<string> Undone { get; } = [];

    public WorkOutcome Outcome { get; set; } = WorkOutcome.Done;

    public List<LaterLetter> Later { get; } = [];

    public List<LetterChoice> Letters { get; } = [];

    public List<LetterChoice> Matching { get; } = [];

    public List<(string RowId, string LetterId)> Assigned { get; } = [];

    public List<string?> Reasons { get; } = [];

    public List<(string RowId, string Reason)> Muted { get; } = [];

    public StatusSender Sender { get; set; } = new("ekstern-7", false);

    public List<Colleague> People { get; } = [new("p1", "Sofie"), new("p2", "Bent")];

    public string? DigestTo { get; private set; }

    public Task<Page<FollowUpItem>> ReadAsync(
        Viewer viewer, WorkQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        Asked.Add(query);
        return Task.FromResult(new Page<FollowUpItem>([.. Rows(query).Take(limit)], null));
    }

    public Task<long> CountAsync(Viewer viewer, WorkQuery query, CancellationToken cancellationToken) =>
        Task.FromResult((long)Rows(query).Count());

    public Task<IReadOnlyList<WorkOutcome>> ActAsync(
        Viewer viewer, WorkAction action, IReadOnlyList<WorkTarget> rows, CancellationToken cancellationToken)
    {
        Refuse();
        foreach (var row in rows)
        {
            Acts.Add((action, row));
            var at = cases.Worklist.FindIndex(w => w.Id == row.Id);
            if (at < 0 || Outcome != WorkOutcome.Done) continue;
            var work = cases.Worklist[at].Work;
            if (action.Kind == WorkActionKind.Solved || action is { Kind: WorkActionKind.Resent, LetterId: not null })
                cases.Worklist.RemoveAt(at);
            else
            {
                cases.Worklist[at] = cases.Worklist[at] with { AssignedTo = action.Kind == WorkActionKind.Assigned
                    ? action.OwnerName
                    : null, Work = work with { OwnerId = action.OwnerId, OwnerName = action.OwnerName, Revision = work.Revision + 1 } };
            }
        }

        return Task.FromResult<IReadOnlyList<WorkOutcome>>([.. rows.Select(_ => Outcome)]);
    }

    public Task<IReadOnlyList<WorkEntry>> HistoryAsync(Viewer viewer, string rowId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<WorkEntry>>([.. Acts.Where(a => a.Row.Id == rowId)
            .Select(a => new WorkEntry(a.Act.Kind, FakeCases.Sent, viewer.Name, a.Act.Text, a.Act.OwnerName))]);

    public Task<IReadOnlyList<LaterLetter>> LaterLettersAsync(Viewer viewer, string rowId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LaterLetter>>(Later);

    public Task<ValueList<EndedWork>> EndedAsync(Viewer viewer, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<ValueList<EndedWork>>([]);

    public Task<IReadOnlyList<LetterChoice>> MatchingAsync(Viewer viewer, string rowId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LetterChoice>>(Matching);

    public Task<IReadOnlyList<LetterChoice>> FindLettersAsync(
        Viewer viewer, string rowId, string? text, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LetterChoice>>(Letters);

    public Task<HandOutcome> AssignAsync(Viewer viewer, string rowId, string letterId, string? reason, CancellationToken cancellationToken)
    {
        Refuse();
        Assigned.Add((rowId, letterId));
        Reasons.Add(string.IsNullOrWhiteSpace(reason) ? null : reason);
        cases.Worklist.RemoveAll(w => w.Id == rowId);
        return Task.FromResult(HandOutcome.Done);
    }

    public Task<bool> UndoAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        Refuse();
        Undone.Add(beskedId);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<MutedSender>> ListAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MutedSender>>([.. Muted.Select(
            (m, n) => new MutedSender(n, Sender.Name, Sender.IsChannel, m.Reason, FakeCases.Sent, viewer.Name, null, null))]);

    public Task<StatusSender?> SenderOfAsync(Viewer viewer, string rowId, CancellationToken cancellationToken) =>
        Task.FromResult<StatusSender?>(Sender);

    public Task<bool> MuteAsync(Viewer viewer, string rowId, string reason, CancellationToken cancellationToken)
    {
        Refuse();
        Muted.Add((rowId, reason));
        cases.Worklist.RemoveAll(w => w.Id == rowId);
        return Task.FromResult(true);
    }

    public Task<bool> LiftAsync(Viewer viewer, long id, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SeenAsync(Viewer viewer, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<Colleague>> ColleaguesAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Colleague>>(People);

    public Task<string?> DigestAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult(DigestTo);

    public Task ChooseDigestAsync(Viewer viewer, string? mail, Uri address, CancellationToken cancellationToken)
    {
        Refuse();
        DigestTo = mail;
        return Task.CompletedTask;
    }

    private void Refuse()
    {
        if (Error is not null) throw Error;
    }

    private IEnumerable<FollowUpItem> Rows(WorkQuery query) => cases.Worklist
        .Where(w => (query.Reason is null || w.Reason == query.Reason) && (query.Until is null || w.Since <= query.Until)
            && (query.CaseNumber is null || w.CaseNumber == query.CaseNumber) && (query.From is null || w.Since >= query.From)
            && (query.Before is null || w.Since < query.Before)
            && (query.Text is null || $"{w.CaseNumber} {w.Title}".Contains(query.Text, StringComparison.Ordinal))
            && (query.Owner switch { WorkOwner.Nobody => w.Work.OwnerId is null, WorkOwner.Person =>
                w.Work.OwnerId == query.OwnerId, _ => true }))
        .OrderBy(w => w.Since);
}
