using System.Net;
using System.Text.Json;

namespace NewsMonitor.Tests.Pages;

/// <summary>What an address answers at which there is nothing: people a page in their language, programs problem details.</summary>
[Collection(nameof(PageFixture))]
public sealed class AddressTests(PageFixture site)
{
    [Theory]
    [InlineData("/nothing", 404)]
    [InlineData("/nowhere/at/all", 404)]
    [InlineData("/alerts/x", 404)]
    [InlineData("/alerts/99999999999999999999", 404)]
    [InlineData("/assets/none.css", 404)]
    [InlineData("/docs/none", 404)]
    [InlineData("/do/alerts", 405)]
    public async Task PeopleAreToldInTheirLanguage(string path, int status)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = site.Address };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ar");
        using var answer = await http.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\"", html, StringComparison.Ordinal);
        Assert.Contains("لا صفحة في هذا العنوان", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/nothing", "text/html")]
    [InlineData("/api/v1/nothing", "*/*")]
    [InlineData("/api/nothing", "text/html")]
    [InlineData("/nothing", "application/json")]
    public async Task ProgramsGetProblemDetailsWhateverTheyAskFor(string path, string accept)
    {
        using var http = new HttpClient { BaseAddress = site.Address };
        http.DefaultRequestHeaders.Accept.ParseAdd(accept);
        using var answer = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("There is nothing at this address.", problem.GetProperty("detail").GetString());
        Assert.Equal(404, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task WhatARoleDoesNotAllowIsRefusedWithItsStatus()
    {
        var page = await site.SignedInAsync();
        var answer = await page.GotoAsync(new Uri(site.Address, "/not-allowed").AbsoluteUri);
        Assert.Equal(403, answer!.Status);
        await page.Context.CloseAsync();
    }
}
