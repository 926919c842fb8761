using System.Collections.Concurrent;
using NewsMonitor.Database;

namespace NewsMonitor.Tests.Database;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task WhatIsAskedTogetherIsAnsweredTogetherAndEachGetsItsOwnAnswer()
    {
        var sizes = new ConcurrentQueue<int>();
        var together = new GroupCommit<int, int>(TimeSpan.FromMilliseconds(50), 100, async questions =>
        {
            sizes.Enqueue(questions.Count);
            await Task.Yield();
            return [.. questions.Select(q => q * 2)];
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, 250).Select(together.AskAsync));
        Assert.Equal(Enumerable.Range(0, 250).Select(n => n * 2), answers);
        Assert.Equal(250, sizes.Sum());
        Assert.All(sizes, size => Assert.InRange(size, 1, 100));
        Assert.True(sizes.Count < 20, $"{sizes.Count} statements");
        Assert.Equal(14, await together.AskAsync(7));
    }

    [Fact]
    public async Task AFailureReachesEverybodyWhoAskedAndNobodyAfterThem()
    {
        var calls = 0;
        var together = new GroupCommit<int, int>(TimeSpan.FromMilliseconds(20), 100, questions =>
            Interlocked.Increment(ref calls) == 1
                ? throw new TimeoutException("gone")
                : Task.FromResult<IReadOnlyList<int>>([.. questions]));
        var asked = Enumerable.Range(0, 5).Select(together.AskAsync).ToList();
        foreach (var answer in asked) await Assert.ThrowsAsync<TimeoutException>(() => answer);
        Assert.Equal(9, await together.AskAsync(9));
    }

    [Fact]
    public async Task NoQuestionIsForgottenHoweverTheyCome()
    {
        const int Seed = 4711;
        Console.WriteLine($"seed {Seed}");
        var together = new GroupCommit<int, int>(TimeSpan.FromMilliseconds(1), 7, async questions =>
        {
            await Task.Delay(questions[0] % 3);
            return [.. questions];
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(lane => Task.Run(async () =>
        {
            var random = new Random(Seed + lane);
            for (var i = 0; i < 100; i++)
            {
                var question = random.Next(1000);
                Assert.Equal(question, await together.AskAsync(question).WaitAsync(TimeSpan.FromSeconds(30)));
                if (random.Next(3) == 0) await Task.Delay(random.Next(4));
            }
        })));
    }
}
