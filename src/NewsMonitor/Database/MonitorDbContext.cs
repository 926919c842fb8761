using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NewsMonitor.Database;

/// <summary>
/// The one door to PostgreSQL. It knows no stage: every entity brings its own mapping in an
/// <see cref="IEntityTypeConfiguration{TEntity}"/> beside it, and is reached with <c>db.Set&lt;T&gt;()</c>.
/// Table and column names are the snake_case of the C# names; enums are stored as their kebab-case names.
/// </summary>
public sealed class MonitorDbContext(DbContextOptions<MonitorDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MonitorDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                if (property is { IsConcurrencyToken: true } && property.ClrType == typeof(uint))
                {
                    // PostgreSQL's own row version, so that no statement can forget to raise it.
                    property.SetColumnName("xmin");
                    property.SetColumnType("xid");
                }
                else if (property.GetColumnName() == property.Name)
                {
                    property.SetColumnName(Names.SnakeCase(property.Name));
                }

                var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (type.IsEnum && property.GetValueConverter() is null)
                {
                    property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(EnumNameConverter<>).MakeGenericType(type))!);
                }
            }
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        BeforeSave();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        BeforeSave();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    void BeforeSave()
    {
        foreach (var entry in ChangeTracker.Entries<IBeforeSave>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList())
        {
            entry.Entity.BeforeSave(this, entry.State);
        }
    }
}
