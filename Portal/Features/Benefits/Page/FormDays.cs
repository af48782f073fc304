namespace Portal.Features.Benefits.Page;

/// <summary>
/// The day fields of a form, which cascades it to them. A form is not saved while one of them shows what it cannot read, since the day
/// before would be saved instead.
/// </summary>
public sealed class FormDays
{
    private readonly List<DayField> _fields = [];

    /// <summary>Where the fields are that cannot be read now; empty when all can.</summary>
    public IReadOnlyList<object> Unread => [.. _fields.Where(f => f.IsUnread)];

    /// <summary>Adds a field of the form.</summary>
    public void Add(DayField field) => _fields.Add(field);

    /// <summary>Forgets a field that is gone.</summary>
    public void Remove(DayField field) => _fields.Remove(field);
}
