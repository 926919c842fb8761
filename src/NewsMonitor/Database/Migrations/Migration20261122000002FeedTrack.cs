using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>What is learned of a feed beside its state, WebSub subscriptions, and the ways to find an article whose id changed.</summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261122000002_FeedTrack")]
public sealed class Migration20261122000002FeedTrack : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE feeds ADD COLUMN track jsonb NOT NULL DEFAULT '{}';

        CREATE TABLE feed_subscriptions (
            feed_id bigint PRIMARY KEY REFERENCES feeds ON DELETE CASCADE,
            hub text NOT NULL,
            topic text NOT NULL,
            token text NOT NULL UNIQUE,
            secret text NOT NULL,
            state text NOT NULL,
            requested_at timestamptz NOT NULL,
            verified_at timestamptz,
            lease_until timestamptz,
            renew_at timestamptz NOT NULL,
            error text);
        CREATE INDEX feed_subscriptions_renewal ON feed_subscriptions (renew_at);

        CREATE INDEX articles_canonical_url ON articles (feed_id, canonical_url);
        CREATE INDEX articles_content_hash ON articles (feed_id, content_hash);
        """);
}
