using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>An index over the words of titles alone.</summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261127000802_TitleIndex")]
public sealed class Migration20261127000802TitleIndex : Migration
{
    // The index over all words does not know which stand in a title, so that a word that is common in texts and rare in titles had every
    // article with it read. An index over the same column keeps whoever writes the words, older workers too, as they are.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.BuildIndex("article_words_title",
        "article_words USING gin (ts_filter(words, '{a}')) WITH (fastupdate = on, gin_pending_list_limit = 1024)");
}
