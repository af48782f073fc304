using Portal.Ingestion.Domain;
using Portal.Platform.Access;

namespace Portal.Features.FollowUp.People;

/// <summary>Who signs in and may work with cases can be given rows from then on, whether the worklist was opened or not.</summary>
internal sealed class SignedInColleagues(IWorkPeople people) : ISignInHandler
{
    public Task SignedInAsync(Viewer viewer, CancellationToken cancellationToken) =>
        viewer.May(ViewerRights.Cases) ? people.SeenAsync(viewer, cancellationToken) : Task.CompletedTask;
}
