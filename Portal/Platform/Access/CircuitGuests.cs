namespace Portal.Platform.Access;

/// <summary>People without a sign-in who may have an open page: guests of a workshop.</summary>
public interface ICircuitGuests
{
    /// <summary>An id of the guest who sends the request; null for anybody else.</summary>
    string? IdOf(HttpContext context);
}

/// <summary>Asks all <see cref="ICircuitGuests"/>.</summary>
internal static class CircuitGuests
{
    /// <summary>An id of the guest who sends the request; null for anybody else.</summary>
    public static string? Of(HttpContext context) =>
        context.RequestServices.GetServices<ICircuitGuests>().Select(g => g.IdOf(context)).FirstOrDefault(id => id is not null);
}
