namespace NewsMonitor.Operations.Http;

/// <summary>What answers GET answers HEAD too, as RFC 9110 asks of every server; the web server itself leaves the body away.</summary>
static class HeadRequests
{
    // Nobody would see an end to the answer that never ends.
    const string Endless = "/stream";

    /// <summary>Before routing, which finds the way by the method.</summary>
    public static void UseHeadRequests(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            if (HttpMethods.IsHead(http.Request.Method) && http.Request.Path.Value?.EndsWith(Endless, StringComparison.Ordinal) != true)
            {
                http.Request.Method = HttpMethods.Get;
            }

            return next(http);
        });
        app.UseRouting();
    }
}
