using System.Collections.Immutable;

namespace Portal.Features.Chains.Document;

/// <summary>Applies changes of the shared workshop, purely.</summary>
internal static class WorkshopApply
{
    /// <summary>The workshop after a change; the same instance when it changes nothing.</summary>
    public static WorkshopState Apply(ChainState state, WorkshopChange change, ChangeAuthor by, long number)
    {
        var workshop = state.Workshop;
        return change switch
        {
            OpenWorkshop open => workshop with { Code = open.Code },
            // Ends everything that was started in the workshop, so that nothing stays hidden after it.
            CloseWorkshop => workshop with { Code = null, TimerEndsAt = null, TimerLeft = null, Silent = false, Revealed = null,
                VotesEach = null, Question = null, Done = [] },
            SetTimer timer => Timed(workshop, timer),
            // »Jeg er færdig« belongs to one exercise: the next one clears it.
            RevealPlaces reveal => SameSet(workshop.Revealed, reveal.Kinds)
                ? workshop
                : workshop with { Revealed = reveal.Kinds is null ? null : [.. reveal.Kinds], Done = [] },
            SetSilent silent => silent.On == workshop.Silent ? workshop : workshop with { Silent = silent.On, Done = [] },
            SetVoting voting =>
                voting.VotesEach == workshop.VotesEach ? workshop : workshop with { VotesEach = voting.VotesEach, Done = [] },
            ClearVotes => workshop.Votes.IsEmpty ? workshop : workshop with { Votes = workshop.Votes.Clear() },
            CastVote vote => Cast(state, vote, by.Person),
            SetDone done => done.Done == workshop.Done.Contains(by.Key)
                ? workshop
                : workshop with { Done = done.Done ? workshop.Done.Add(by.Key) : workshop.Done.Remove(by.Key) },
            SetGuestsMay guests => workshop.GuestsMay == guests.May ? workshop : workshop with { GuestsMay = guests.May },
            ClearDone => workshop.Done.IsEmpty ? workshop : workshop with { Done = [] },
            ShowQuestion question =>
                question.Number == workshop.Question ? workshop : workshop with { Question = question.Number, Done = [] },
            Gather gather => workshop with { Gathered = new GatherPoint(gather.X, gather.Y, gather.Zoom, number) },
            _ => workshop,
        };
    }

    // Starting or stopping the timer begins or ends an exercise, and clears Done; pausing and adding time do not.
    private static WorkshopState Timed(WorkshopState workshop, SetTimer timer)
    {
        var goes = workshop.TimerEndsAt is not null || workshop.TimerLeft is not null;
        var set = workshop with { TimerEndsAt = timer.EndsAt, TimerLeft = timer.EndsAt is null ? timer.Left : null };
        return goes == (set.TimerEndsAt is not null || set.TimerLeft is not null) ? set : set with { Done = [] };
    }

    private static bool SameSet(ImmutableSortedSet<ChainKind>? now, IReadOnlyList<ChainKind>? wanted) =>
        now is null ? wanted is null : wanted is not null && now.SetEquals(wanted);

    private static WorkshopState Cast(ChainState state, CastVote vote, string person)
    {
        var workshop = state.Workshop;
        if (workshop.VotesEach is not { } each || !state.Document.IsPresent(vote.Id)) return workshop;
        var votes = workshop.Votes.GetValueOrDefault(vote.Id, ImmutableDictionary<string, int>.Empty);
        var mine = votes.GetValueOrDefault(person);
        if (vote.Give ? workshop.VotesOf(person) >= each : mine == 0) return workshop;
        mine += vote.Give ? 1 : -1;
        votes = mine == 0 ? votes.Remove(person) : votes.SetItem(person, mine);
        return workshop with { Votes = votes.IsEmpty ? workshop.Votes.Remove(vote.Id) : workshop.Votes.SetItem(vote.Id, votes) };
    }
}
