using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using NewsMonitor.Review;

namespace NewsMonitor.Pages;

/// <summary>What went wrong, told to people as a page that says what to do next; programs get the API's problem details.</summary>
sealed class PageErrors(ILogger<PageErrors> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsForPeople(http) || http.RequestAborted.IsCancellationRequested)
        {
            return false;
        }

        var status = exception is BadHttpRequestException bad ? bad.StatusCode
            : ReviewErrors.StatusOf(exception) is var known
                and (StatusCodes.Status400BadRequest or StatusCodes.Status503ServiceUnavailable) ? known
            : StatusCodes.Status500InternalServerError;
        if (status >= StatusCodes.Status500InternalServerError)
        {
            log.LogError(exception, "{Method} {Path} failed ({Trace}).", http.Request.Method, http.Request.Path, http.TraceIdentifier);
        }

        await ShowAsync(http, status);
        return true;
    }

    public static bool IsForPeople(HttpContext http) => !http.Request.Path.StartsWithSegments("/api")
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        && http.Request.Headers.Accept != Triage.Fragment;

    public static async Task ShowAsync(HttpContext http, int status)
    {
        // The renderer belongs to the request's scope; the one in which a page has failed does not begin again.
        var before = http.RequestServices;
        await using var scope = before.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<Failure>(new Dictionary<string, object?>
            {
                [nameof(Failure.Status)] = status,
                [nameof(Failure.Trace)] = http.TraceIdentifier,
            })
            { StatusCode = status }.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = before;
        }
    }
}

static class PageStatus
{
    /// <summary>Answers with the page that is being rendered, and this status. Said before, the framework would throw the page
    /// away.</summary>
    public static void AnswersWith(this HttpContext http, int status) => http.Response.OnStarting(() =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    });
}
