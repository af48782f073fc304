using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Storage;

/// <summary>How a query of letters finds its rows: what its condition must not suggest to the database.</summary>
internal enum IndexUse
{
    /// <summary>The database decides.</summary>
    Any,

    /// <summary>By their keys, which the query names: not by an index on the authority, with which it would scan all its rows.</summary>
    Key,

    /// <summary>In the query's order until a page is full: not by KLE or unit, after which it would sort all that it finds.</summary>
    Order,

    /// <summary>By what asks for them: by none of these.</summary>
    Join,
}

/// <summary>
/// Turns a viewer's grants into the condition that a query of letters, or of what belongs to letters, carries. Sets of authorities without
/// limits are one list; each grant with limits adds a branch. The rules: DOMAIN §4.
/// </summary>
internal static class GrantConditions
{
    // Up to this many ranges of KLE are conditions that an index can serve; more are compared by level, in lists.
    private const int MostRanges = 12;

    /// <summary>Grants that can admit a letter, without those that another makes superfluous.</summary>
    public static IReadOnlyList<Grant> OfLetters(Viewer viewer, ViewerRights rights)
    {
        var grants = viewer.GrantsOf(rights).Where(g => Sensitivity.AdmitsLetters(g.Limits)).ToList();
        var whole = grants.Where(g => IsWhole(g.Limits)).Select(g => g.Authority).ToHashSet(StringComparer.Ordinal);
        return [.. grants.Where(g => IsWhole(g.Limits) || !whole.Contains(g.Authority))];
    }

    /// <summary>True when the limits leave out no letter: at most one by sensitivity, which letters do not have.</summary>
    public static bool IsWhole(AccessLimits limits) => limits is { Kle: null, Units: null };

    /// <summary>The authorities of grants that leave out no letter.</summary>
    public static string[] WholeAuthorities(IEnumerable<Grant> grants) =>
        [.. grants.Where(g => IsWhole(g.Limits)).Select(g => g.Authority).Distinct()];

    /// <summary>True for the rows that any of the grants admits.</summary>
    /// <param name="grants">None: no row.</param>
    /// <param name="use">Which index the database is kept from using.</param>
    public static Expression<Func<T, bool>> Within<T>(IReadOnlyList<Grant> grants, IndexUse use = IndexUse.Any)
        where T : ILimitedRow
    {
        var row = Expression.Parameter(typeof(T), "row");
        var whole = WholeAuthorities(grants);
        Expression authority = Field(row, nameof(ILimitedRow.Authority));
        if (use is IndexUse.Key or IndexUse.Join) authority = Text(authority);
        var branches = grants.Where(g => !IsWhole(g.Limits)).Distinct().Select(g => Admits(row, authority, g, use)).ToList();
        if (whole.Length > 0 || branches.Count == 0) branches.Insert(0, Contains(Value(whole), authority));
        return Expression.Lambda<Func<T, bool>>(Balanced(branches, Expression.OrElse), row);
    }

    /// <summary>
    /// True for the rows that the grant does not admit. Written out, since SQL's <c>NOT</c> of an unknown is not true.
    /// </summary>
    public static Expression<Func<T, bool>> Outside<T>(Grant grant)
        where T : ILimitedRow
    {
        var row = Expression.Parameter(typeof(T), "row");
        var branches = new List<Expression>
        {
            Expression.NotEqual(Field(row, nameof(ILimitedRow.Authority)), Value(grant.Authority)),
        };
        if (grant.Limits.Kle is { } kle)
        {
            var field = Field(row, nameof(ILimitedRow.Kle));
            branches.Add(Expression.OrElse(IsNull(field), Expression.Not(KleIn(kle, field))));
        }

        if (grant.Limits.Units is { } units)
        {
            var field = Field(row, nameof(ILimitedRow.OrganisationUnit));
            branches.Add(Expression.OrElse(IsNull(field), Expression.Not(In([.. units], field))));
        }

        return Expression.Lambda<Func<T, bool>>(Balanced(branches, Expression.OrElse), row);
    }

    /// <summary>True where any of the conditions is.</summary>
    public static Expression<Func<T, bool>> Any<T>(IReadOnlyList<Expression<Func<T, bool>>> conditions)
    {
        var row = conditions[0].Parameters[0];
        return Expression.Lambda<Func<T, bool>>(
            Balanced([.. conditions.Select(c => new Renamed(c.Parameters[0], row).Visit(c.Body))], Expression.OrElse), row);
    }

    private static readonly System.Reflection.MethodInfo Concat =
        typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!;

    private static Expression Admits(ParameterExpression row, Expression authority, Grant grant, IndexUse use)
    {
        Expression condition = Expression.Equal(authority, Value(grant.Authority));
        Expression kle = Field(row, nameof(ILimitedRow.Kle)), unit = Field(row, nameof(ILimitedRow.OrganisationUnit));
        if (use is IndexUse.Order or IndexUse.Join) (kle, unit) = (Expression.Add(kle, Expression.Constant(0, typeof(int?))), Text(unit));
        if (grant.Limits.Kle is { } patterns) condition = Expression.AndAlso(condition, KleIn(patterns, kle));
        return grant.Limits.Units is { } units ? Expression.AndAlso(condition, In([.. units], unit)) : condition;
    }

    // An expression instead of a column: no index on the column serves it.
    private static BinaryExpression Text(Expression field) => Expression.Add(field, Expression.Constant(""), Concat);

    private static Expression KleIn(ValueList<string> patterns, Expression field)
    {
        var ranges = Merged(patterns.Select(Kle.RangeOf));
        if (ranges.Count <= MostRanges)
        {
            return Balanced([.. ranges.Select(r => r.From == r.To
                ? Expression.Equal(field, Nullable(r.From))
                : Expression.AndAlso(
                    Expression.GreaterThanOrEqual(field, Nullable(r.From)), Expression.LessThanOrEqual(field, Nullable(r.To))))],
                Expression.OrElse);
        }

        // A range is all numbers below a group, all below a main group, or one number.
        const int main = Kle.Level * Kle.Level;
        return Balanced(
            [.. new[] { 1, Kle.Level, main }.Select(width => (Width: width,
                    Codes: ranges.Where(r => r.To - r.From + 1 == width).Select(r => (int?)(r.From / width)).ToArray()))
                .Where(level => level.Codes.Length > 0)
                .Select(level => In(level.Codes, level.Width == 1 ? field : Expression.Divide(field, Nullable(level.Width))))],
            Expression.OrElse);
    }

    // Without the ranges that lie within another.
    private static List<(int From, int To)> Merged(IEnumerable<(int From, int To)> ranges)
    {
        var merged = new List<(int From, int To)>();
        foreach (var range in ranges.OrderBy(r => r.From).ThenByDescending(r => r.To))
        {
            if (merged.Count == 0 || range.To > merged[^1].To) merged.Add(range);
        }

        return merged;
    }

    // SQLite limits the depth of an expression, so a long chain is a tree.
    private static Expression Balanced(List<Expression> parts, Func<Expression, Expression, Expression> join) => parts.Count == 1
        ? parts[0]
        : join(Balanced([.. parts.Take(parts.Count / 2)], join), Balanced([.. parts.Skip(parts.Count / 2)], join));

    private static MemberExpression Field(ParameterExpression row, string name) => Expression.Property(row, name);

    private static BinaryExpression IsNull(Expression field) => Expression.Equal(field, Expression.Constant(null, field.Type));

    private static MethodCallExpression In(string[] values, Expression field) => Contains(Listed(Value(values)), field);

    private static MethodCallExpression In(int?[] values, Expression field) => Contains(Listed(Value(values)), field);

    private static MethodCallExpression Listed(MemberExpression values) =>
        Expression.Call(typeof(EF), nameof(EF.Parameter), [values.Type], values);

    private static MethodCallExpression Contains(Expression values, Expression field) =>
        Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [field.Type], values, field);

    private static MemberExpression Nullable(int value) => Value<int?>(value);

    // A member of an object, as a lambda's captured variable is, becomes a parameter of the SQL: the database keeps the plan.
    private static MemberExpression Value<T>(T value) =>
        Expression.Property(Expression.Constant(new Captured<T>(value)), nameof(Captured<T>.Value));

    private sealed record Captured<T>(T Value);

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
