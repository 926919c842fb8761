using Microsoft.AspNetCore.Mvc;

namespace NewsMonitor.Feeds;

/// <summary>Where hubs call. Outside the API's prefix and its keys: the unguessable token and the signature are what counts here.</summary>
public static class WebSubEndpoints
{
    const int LargestMessage = 5 * 1024 * 1024;

    public static void MapWebSub(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(WebSub.Path + "{token}", VerifyAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost(WebSub.Path + "{token}", ReceiveAsync).AllowAnonymous().ExcludeFromDescription()
            .WithMetadata(new RequestSizeLimitAttribute(LargestMessage));
    }

    static async Task<IResult> VerifyAsync(string token, HttpRequest request, WebSub webSub, CancellationToken stop)
    {
        var query = request.Query;
        int? lease = int.TryParse(query["hub.lease_seconds"], out var seconds) ? seconds : null;
        return await webSub.VerifyAsync(token, query["hub.mode"], query["hub.topic"], lease, stop)
            ? Results.Text(query["hub.challenge"].ToString(), "text/plain") : Results.NotFound();
    }

    static async Task<IResult> ReceiveAsync(string token, HttpRequest request, WebSub webSub, CancellationToken stop)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, stop);
        await webSub.ReceiveAsync(token, request.Headers["X-Hub-Signature"], body.ToArray(), stop);
        return Results.Accepted();
    }
}
