using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace NewsMonitor.Outbound;

/// <summary>
/// The Polly pipelines of every request: repeat once what is transient, then leave alone a host that only fails, then the time limit.
/// A breaker opens on what the network says (no answer, no connection), never on a status: one host may serve many unrelated feeds.
/// </summary>
public sealed class OutboundPipelines
{
    public static readonly TimeSpan BreakDuration = TimeSpan.FromMinutes(1);
    const int FailuresToBreak = 5;
    const int Bound = 50_000;

    readonly ConcurrentDictionary<string, ResiliencePipeline> _breakers = new(StringComparer.OrdinalIgnoreCase);
    readonly ResiliencePipeline _retry;
    readonly ResiliencePipeline _timeout;
    readonly TimeProvider _time;

    public OutboundPipelines(TimeSpan total, TimeProvider time, Func<double> random)
    {
        _time = time;
        _retry = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<OutboundException>(e => e.IsTransient),
            MaxRetryAttempts = 1,
            Delay = TimeSpan.FromSeconds(1),
            UseJitter = true,
            Randomizer = random,
        }).Build();
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(total).Build();
    }

    public async ValueTask<OutboundResponse> ExecuteAsync(
        OutboundRequest request, Func<OutboundRequest, CancellationToken, ValueTask<OutboundResponse>> send,
            CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var once = (State: (Owner: this, Request: request, Send: send), Token: cancellationToken);
        return request.Retry
            ? await _retry.ExecuteAsync(static (state, token) =>
                state.Owner.OnceAsync(state.Request, state.Send, token), once.State, once.Token)
            : await OnceAsync(request, send, cancellationToken);
    }

    async ValueTask<OutboundResponse> OnceAsync(
        OutboundRequest request, Func<OutboundRequest, CancellationToken, ValueTask<OutboundResponse>> send,
            CancellationToken cancellationToken)
    {
        var host = request.Uri.Authority;
        if (_breakers.Count > Bound) _breakers.Clear();
        var breaker = _breakers.GetOrAdd(host, static (_, time) => Breaker(time), _time);
        try
        {
            return await breaker.ExecuteAsync(
                static (state, token) =>
                    state.Owner.TimedAsync(state.Request, state.Send, token), (Owner: this, Request: request, Send: send),
                    cancellationToken);
        }
        catch (BrokenCircuitException cause)
        {
            throw new OutboundException(OutboundFailure.CircuitOpen,
                $"{host} failed {FailuresToBreak} times in a row and is left alone for {BreakDuration.TotalSeconds:0} s.", cause);
        }
    }

    // The breaker must see the timeout as the host's failure, so it is translated inside of it.
    async ValueTask<OutboundResponse> TimedAsync(
        OutboundRequest request, Func<OutboundRequest, CancellationToken, ValueTask<OutboundResponse>> send,
            CancellationToken cancellationToken)
    {
        try
        {
            return await _timeout.ExecuteAsync(static (state, token) =>
                state.Send(state.Request, token), (Send: send, Request: request), cancellationToken);
        }
        catch (TimeoutRejectedException cause)
        {
            throw new OutboundException(OutboundFailure.Timeout,
                $"{request.Uri.Authority} did not finish its answer within {cause.Timeout.TotalSeconds:0.#} s.", cause);
        }
    }

    static ResiliencePipeline Breaker(TimeProvider time) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<OutboundException>(e => e.IsNetwork),
            FailureRatio = 1,
            MinimumThroughput = FailuresToBreak,
            SamplingDuration = TimeSpan.FromMinutes(2),
            BreakDuration = BreakDuration,
        }).Build();
}
