using NewsMonitor.Database;

namespace NewsMonitor.Operations;

/// <summary>
/// Which part of the work a process takes: <c>--role</c> or <c>Monitor:Role</c>. Every role serves health and metrics; API and page are
/// <see cref="Web"/>'s; schedules run on whoever fetches or delivers.
/// </summary>
public enum WorkerRole { All, Fetch, Deliver, Web }

static class WorkerRoles
{
    public static WorkerRole From(IConfiguration configuration) => configuration["Monitor:Role"] switch
    {
        null or "" => WorkerRole.All,
        { } name => Names.TryParse<WorkerRole>(name, out var role)
            ? role
            : throw new SettingException($"The role '{name}' is none of all, fetch, deliver and web."),
    };

    public static bool Fetches(this WorkerRole role) => role is WorkerRole.All or WorkerRole.Fetch;

    public static bool Delivers(this WorkerRole role) => role is WorkerRole.All or WorkerRole.Deliver;

    public static bool ServesPeople(this WorkerRole role) => role is WorkerRole.All or WorkerRole.Web;
}
