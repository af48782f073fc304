namespace Portal.Tests.Platform.Access.Rights;

/// <summary>The request of a route, about somebody's things.</summary>
internal static class RouteCall
{
    /// <summary>About the authority's own things.</summary>
    public static HttpRequestMessage Of(ExpectedRoute route, AuthorityData owner) =>
        Of(route, owner, owner.Case, owner.Letter, owner.Besked);

    /// <summary>About another case, letter and message of the authority.</summary>
    public static HttpRequestMessage Of(ExpectedRoute route, AuthorityData owner, string caseNumber, string letter, string besked)
    {
        var path = route.Path.Replace("{besked}", besked, StringComparison.Ordinal)
            .Replace("{case}", caseNumber, StringComparison.Ordinal).Replace("{letter}", letter, StringComparison.Ordinal)
            .Replace("{chain}", owner.Chain, StringComparison.Ordinal).Replace("{code}", owner.Code, StringComparison.Ordinal)
            .Replace("{quarantine}", owner.Quarantined, StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        if (route.IsPage) request.Headers.Add("Accept", "text/html");
        if (route.Method == "DELETE") request.Headers.Add("If-Match", "\"0\"");
        return request;
    }
}
