using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Webhook;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Outbound;
using NewsMonitor.Stories;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Outbound;
using NewsMonitor.Watches;
using Npgsql;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>Everything that sends, on a real database and a clock that moves when told to, with one HTTP server as the far side of all.</summary>
sealed class Post : IDbContextFactory<MonitorDbContext>, IAsyncDisposable
{
    readonly TestDatabase _database;
    readonly NpgsqlDataSource _source;
    readonly OutboundHttp _http = Samples.Http();
    readonly string _folder = Directory.CreateTempSubdirectory("monitor-post-").FullName;
    readonly List<Sender> _senders = [];

    Post(TestDatabase database, HttpFarSide far)
    {
        (_database, Far) = (database, far);
        _source = NpgsqlDataSource.Create(database.ConnectionString);
        Secrets = Secrets.Open(null, _folder, TimeProvider.System);
    }

    public string ConnectionString => _database.ConnectionString;
    public HttpFarSide Far { get; }
    public ManualTime Clock { get; } = new(Samples.Noon);
    public Secrets Secrets { get; }
    public DeliveryOptions Options { get; } = new() { Timeout = TimeSpan.FromSeconds(20), Grace = TimeSpan.FromMilliseconds(300) };

    /// <summary>What each recipient's path answers; 200 where nothing is said.</summary>
    public ConcurrentDictionary<string, Func<Task<int>>> Answers { get; } = new();

    public static async Task<Post> OpenAsync(PostgresFixture postgres)
    {
        Post? post = null;
        var far = await HttpFarSide.Start(async (http, arrival) =>
            http.Response.StatusCode = post!.Answers.TryGetValue(arrival.Path.TrimStart('/'), out var answer) ? await answer() : 200);
        post = new Post(await postgres.CreateDatabaseAsync(), far);
        await using var db = post.CreateDbContext();
        db.Add(new Feed { Url = "https://news.example.org/feed", Folder = "iran / quds", CreatedAt = Samples.Noon, UpdatedAt = Samples.Noon });
        await db.SaveChangesAsync();
        return post;
    }

    public MonitorDbContext CreateDbContext() => new(new DbContextOptionsBuilder<MonitorDbContext>().UseNpgsql(_source).Options);

    /// <summary>A worker of its own.</summary>
    /// <param name="results">Where it keeps results; the database itself when left out.</param>
    public Sender NewSender(NpgsqlDataSource? results = null)
    {
        var outbox = new Outbox(this, results ?? _source, Clock);
        var sender = new Sender(
            this, outbox, new MessageMaker(() => new Uri("https://monitor.example.org/"), new Unsubscribing(Secrets)),
            new Notices(this, Clock, NullLogger<Notices>.Instance),
            _ => new HttpChannel(_http, Clock, Far.Url) { Timeout = Options.Timeout }, Secrets, Options, Clock, new Random(1),
            new ErrorsToConsole());
        _senders.Add(sender);
        return sender;
    }

    public Recorder NewRecorder() => new(new Outbox(this, _source, Clock), "recorder", Clock, NullLogger.Instance);

    /// <summary>Sends what is due now and waits until nothing runs.</summary>
    public async Task SendAsync()
    {
        var sender = _senders.Count > 0 ? _senders[0] : NewSender();
        await sender.SendDueAsync(default);
        await sender.IdleAsync();
    }

    public async Task AddRecipientAsync(string id, Func<RecipientDefinition, RecipientDefinition>? with = null)
    {
        var definition = new RecipientDefinition
        {
            Id = id, Kind = RecipientKind.Webhook, Target = new Uri(Far.Url, id).AbsoluteUri, Secrets = [Samples.OldSecret],
        };
        definition = with?.Invoke(definition) ?? definition;
        Assert.Empty(definition.Problems());
        await using var db = CreateDbContext();
        db.Add(RecipientStore.Create(definition, Secrets, Origin.Api, Clock.GetUtcNow()));
        await db.SaveChangesAsync();
    }

    public async Task AddWatchAsync(string id, Severity severity = Severity.High, params string[] recipients)
    {
        await using var db = CreateDbContext();
        db.Add(new Watch
        {
            Id = id, Name = id, Severity = severity, CreatedAt = Clock.GetUtcNow(), UpdatedAt = Clock.GetUtcNow(),
            Definition = $$"""{"definition":{"id":"{{id}}","name":"{{id}}"},"severity":"high","recipients":[{{string.Join(',', recipients.Select(r => $"\"{r}\""))}}]}""",
        });
        await db.SaveChangesAsync();
    }

    /// <summary>Raises alerts on stories of their own, as the pipeline does, in one transaction. Returns their ids.</summary>
    public async Task<List<long>> RaiseAsync(string watch, int count = 1, Func<Alert, Alert>? with = null)
    {
        await using var db = CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = Clock.GetUtcNow();
        var severity = (await db.Set<Watch>().SingleAsync(w => w.Id == watch)).Severity;
        var feed = await db.Set<Feed>().Select(f => f.Id).FirstAsync();
        var stories = Enumerable.Range(0, count).Select(i => new Story
        {
            Title = $"قاآني {i}", FirstSeenAt = now, LastSeenAt = now, ArticleCount = 1, SourceCount = 1,
        }).ToList();
        db.AddRange(stories);
        await db.SaveChangesAsync();
        var articles = stories.Select(s => new Article
        {
            FeedId = feed, ItemId = $"item-{s.Id}", Title = s.Title, Text = "وصل قاآني إلى بغداد", Source = "Example Wire", SourceHost = "news.example.org",
            Language = "ar", FetchedAt = now, UpdatedAt = now, ContentHash = [], StoryId = s.Id,
        }).ToList();
        db.AddRange(articles);
        await db.SaveChangesAsync();
        var alerts = articles.Select(a => new Alert
        {
            WatchId = watch, StoryId = a.StoryId, ArticleId = a.Id, Severity = severity, Title = a.Title, Source = a.Source, Language = a.Language,
            RaisedAt = now, UpdatedAt = now, Hits = [new(watch, "قاآني", "title", 0, 5, "قاآني", "exact")],
            Excerpt = """{"text":"وصل قاآني إلى بغداد","highlights":[{"start":4,"length":5}]}""",
        }).Select(a => with?.Invoke(a) ?? a).ToList();
        db.AddRange(alerts);
        await Planning.PlanAsync(db, alerts, now, default);
        await transaction.CommitAsync();
        return [.. alerts.Select(a => a.Id)];
    }

    public async Task<List<Delivery>> DeliveriesAsync()
    {
        await using var db = CreateDbContext();
        return await db.Set<Delivery>().AsNoTracking().OrderBy(d => d.Id).ToListAsync();
    }

    public async Task<Recipient> RecipientAsync(string id)
    {
        await using var db = CreateDbContext();
        return await db.Set<Recipient>().AsNoTracking().SingleAsync(r => r.Id == id);
    }

    public async Task<RouteDecision> DecisionAsync(long alert, string recipient)
    {
        await using var db = CreateDbContext();
        return (await db.Set<AlertRoute>().AsNoTracking().SingleAsync(r => r.AlertId == alert && r.RecipientId == recipient)).Decision;
    }

    /// <summary>Message ids in the order in which they came to a recipient.</summary>
    public List<string> IdsAt(string recipient) => [.. Far.Arrivals.Where(a => a.Path == "/" + recipient).Select(a => a.Headers["webhook-id"])];

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders)
        {
            await sender.StopAsync(default);
        }
        await Far.DisposeAsync();
        _http.Dispose();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    sealed class ErrorsToConsole : ILogger<Sender>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Console.WriteLine(IsEnabled(level) ? $"{formatter(state, exception)} {exception}" : "");
    }
}
