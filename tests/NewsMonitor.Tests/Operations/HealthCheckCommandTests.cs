using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Operations;

namespace NewsMonitor.Tests.Operations;

public class HealthCheckCommandTests
{
    [Theory]
    [InlineData(null, null, "http://127.0.0.1:8080/healthz/ready")]
    [InlineData(null, "9090", "http://127.0.0.1:9090/healthz/ready")]
    [InlineData("http://+:5000;https://+:5001", "9090", "http://127.0.0.1:5000/healthz/ready")]
    [InlineData("http://0.0.0.0:7000", null, "http://127.0.0.1:7000/healthz/ready")]
    public void AsksThePortThatTheEnvironmentNames(string? urls, string? ports, string expected) =>
        Assert.Equal(expected, HealthCheckCommand.Default(name => name switch
        {
            "ASPNETCORE_URLS" => urls,
            "ASPNETCORE_HTTP_PORTS" => ports,
            _ => null,
        }).ToString());

    [Theory]
    [InlineData(200, 0, "")]
    [InlineData(503, 1, "answered 503: the database is away")]
    public async Task ExitCodeFollowsTheAnswer(int status, int exitCode, string said)
    {
        await using var service = WebApplication.CreateSlimBuilder().Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.MapGet("/healthz/ready", () => Results.Text("the database is away", statusCode: status));
        await service.StartAsync();
        var url = service.Urls.First() + "/healthz/ready";
        using var errors = new StringWriter();

        Assert.Equal(exitCode, await HealthCheckCommand.RunAsync(new Uri(url), errors, default));
        Assert.Contains(said, errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(exitCode, await HealthCheckCommand.Create().Parse(["--url", url]).InvokeAsync());
    }

    [Fact]
    public void WhatIsNoAddressIsRefusedInOneSentence() =>
        Assert.Contains("was given 'nowhere'", Assert.Single(HealthCheckCommand.Create().Parse(["--url", "nowhere"]).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ServiceThatDoesNotAnswerIsNotReady()
    {
        using var errors = new StringWriter();

        Assert.Equal(1, await HealthCheckCommand.RunAsync(new Uri("http://127.0.0.1:1/healthz/ready"), errors, default));
        Assert.Contains("does not answer", errors.ToString(), StringComparison.Ordinal);
    }
}
