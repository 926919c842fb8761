using Microsoft.EntityFrameworkCore;

namespace NewsMonitor.Database;

/// <summary>An entity that keeps something derived beside itself, such as a search index, and sees to it whenever it is saved.</summary>
public interface IBeforeSave
{
    /// <summary>Called in the save that adds or changes the entity, so that both commit together.</summary>
    void BeforeSave(MonitorDbContext db, EntityState state);
}
