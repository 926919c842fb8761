using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace NewsMonitor.Tests.Database;

/// <summary>The migrations are written by hand, so this holds them and the model together.</summary>
public sealed class ModelTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    public static TheoryData<string> Entities => [.. Model().Select(entity => entity.Name)];

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task EveryColumnOfAnEntityIsWrittenAndRead(string entityName)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await DropForeignKeysAsync(database);
        foreach (var filled in (bool[])[true, false])
        {
            object written;
            await using (var db = database.CreateContext())
            {
                var entity = db.Model.FindEntityType(entityName)!;
                written = Activator.CreateInstance(entity.ClrType)!;
                foreach (var property in entity.GetProperties().Where(p => !IsRowVersion(p)))
                {
                    if (filled || !property.IsNullable)
                        property.PropertyInfo!.SetValue(written, Sample(property.ClrType, property.GetColumnType(), property.Name, filled ? 7 : 8));
                }
                db.Add(written);
                await db.SaveChangesAsync();
            }
            await using (var db = database.CreateContext())
            {
                var entity = db.Model.FindEntityType(entityName)!;
                var key = entity.FindPrimaryKey()!.Properties.Select(p => p.PropertyInfo!.GetValue(written)).ToArray();
                var read = await db.FindAsync(entity.ClrType, key);
                Assert.NotNull(read);
                foreach (var property in entity.GetProperties())
                {
                    var (expected, actual) = (property.PropertyInfo!.GetValue(written), property.PropertyInfo.GetValue(read));
                    // jsonb keeps the value, not the spelling.
                    if (property.ClrType == typeof(string) && property.GetColumnType() == "jsonb")
                        (expected, actual) = ($"{expected}".Replace(" ", ""), $"{actual}".Replace(" ", ""));
                    Assert.True(
                        property.GetValueComparer().Equals(expected, actual), $"{entityName}.{property.Name}: wrote {expected}, read {actual}");
                }
            }
        }
    }

    [Fact]
    public async Task ColumnsAreNullableExactlyWhereTheModelSaysSo()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        foreach (var entity in Model())
        {
            foreach (var property in entity.GetProperties().Where(p => !IsRowVersion(p)))
            {
                var nullable = await database.ScalarAsync<string>(
                    $"""
                    SELECT is_nullable FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name = '{entity.GetTableName()}' AND column_name = '{property.GetColumnName()}'
                    """);
                Assert.Equal(
                    $"{entity.GetTableName()}.{property.GetColumnName()} {(property.IsNullable ? "YES" : "NO")}",
                    $"{entity.GetTableName()}.{property.GetColumnName()} {nullable ?? "missing"}");
            }
        }
    }

    static List<IEntityType> Model() => [.. TestDatabase.Context("Host=none").Model.GetEntityTypes()];

    static bool IsRowVersion(IProperty property) => property.GetColumnName() == "xmin";

    static async Task DropForeignKeysAsync(TestDatabase database) => await database.ExecuteAsync(
        """
        DO $$ DECLARE k record; BEGIN
          FOR k IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.t, k.conname);
          END LOOP;
        END $$
        """);

    /// <summary>A value that differs by property, so that two swapped columns are seen.</summary>
    static object Sample(Type type, string? column, string name, int seed)
    {
        var number = (name.Sum(c => c) * 10) + seed;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (column == "jsonb" && type == typeof(string))
            return $$"""{"{{name}}":{{number}}}""";
        if (type == typeof(string))
            return $"قيمة {name} {number}";
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddMinutes(number);
        if (type == typeof(DateTime))
            return new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddMinutes(number);
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 1, 2).AddDays(number);
        if (type == typeof(TimeOnly))
            return new TimeOnly(3, 4).AddMinutes(number);
        if (type == typeof(TimeSpan))
            return TimeSpan.FromMinutes(number);
        if (type == typeof(int[]))
            return new[] { number, seed };
        if (type == typeof(byte[]))
            return new[] { (byte)number, (byte)seed };
        if (type == typeof(bool))
            return seed % 2 == 1;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(number % Enum.GetValues(type).Length)!;
        if (type.IsPrimitive)
            return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        if (type == typeof(NpgsqlTypes.NpgsqlTsVector))
            return NewsMonitor.Articles.ArticleWords.Of(name, $"{number}");
        if (type.IsGenericType && type.GetInterfaces().Append(type).Any(i => i.Name.StartsWith("IReadOnlyDictionary", StringComparison.Ordinal)))
            return new Dictionary<string, string> { [name] = $"{number}" };
        if (type.IsGenericType && type.GenericTypeArguments is [var element])
        {
            var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
            list.Add(Sample(element, null, name, seed));
            return list;
        }
        return Composite(type, seed);
    }

    static object Composite(Type type, int seed)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).OrderByDescending(c => c.GetParameters().Length).First();
        var value = constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType, null, p.Name!, seed))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && constructor.GetParameters().Length == 0))
            property.SetValue(value, Sample(property.PropertyType, null, property.Name, seed));
        return value;
    }
}
