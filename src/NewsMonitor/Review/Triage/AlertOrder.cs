using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Triage;

static class AlertOrder
{
    /// <summary>Newest first, from where a page's cursor points.</summary>
    public static IQueryable<Alert> NewestFirst(this IQueryable<Alert> alerts, long[]? after)
    {
        if (after is [var ticks, var id])
        {
            var at = Cursors.Time(ticks);
            alerts = alerts.Where(a => EF.Functions.LessThan(ValueTuple.Create(a.RaisedAt, a.Id), ValueTuple.Create(at, id)));
        }

        return alerts.OrderByDescending(a => a.RaisedAt).ThenByDescending(a => a.Id);
    }
}
