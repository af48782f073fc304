using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>Rewrites LIKE to ILIKE on PostgreSQL, because LIKE ignores case on SQLite; so the same query works on both.</summary>
public sealed class CaseInsensitiveLikeInterceptor : ExpressionVisitor, IQueryExpressionInterceptor
{
    /// <summary>The single instance: EF caches its query plans by it.</summary>
    public static CaseInsensitiveLikeInterceptor Instance { get; } = new();

    private static readonly Dictionary<int, MethodInfo> Without = typeof(NpgsqlDbFunctionsExtensions).GetMethods()
        .Where(m => m.Name == nameof(NpgsqlDbFunctionsExtensions.ILike)).ToDictionary(m => m.GetParameters().Length);

    private CaseInsensitiveLikeInterceptor()
    {
    }

    /// <inheritdoc />
    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) => Visit(queryExpression);

    /// <inheritdoc />
    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var visited = (MethodCallExpression)base.VisitMethodCall(node);
        return visited.Method.DeclaringType == typeof(DbFunctionsExtensions) && visited.Method.Name == nameof(DbFunctionsExtensions.Like)
            ? Expression.Call(Without[visited.Arguments.Count], visited.Arguments)
            : visited;
    }
}
