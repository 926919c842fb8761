using System.Collections;

namespace NewsMonitor.Operations;

/// <summary>
/// Secrets from files: where <c>ConnectionStrings__Monitor_FILE</c> (or any other key with _FILE at its end) names a file, the file's text,
/// without the line's end, is the value of the key. So Docker's and Kubernetes' secrets never stand in an environment.
/// </summary>
static class SecretFiles
{
    public const string Suffix = "_FILE";

    /// <exception cref="SettingException">A file cannot be read, or a key is given both ways; the message says which.</exception>
    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder configuration, IDictionary environment)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in environment.Keys.Cast<string>().Where(IsSecret))
        {
            var key = name[..^Suffix.Length];
            var path = (string?)environment[name];
            if (string.IsNullOrEmpty(path))
                continue;
            if (environment.Contains(key) && !string.IsNullOrEmpty((string?)environment[key]))
                throw new SettingException($"Both {key} and {name} are set: remove one of them.");
            try
            {
                values[key.Replace("__", ":", StringComparison.Ordinal)] = File.ReadAllText(path).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SettingException($"{name} is {path}, which cannot be read: {e.Message}", e);
            }
        }
        return configuration.AddInMemoryCollection(values);
    }

    // Other programs have variables that end so as well; ours have a section before.
    static bool IsSecret(string name) =>
        name.EndsWith(Suffix, StringComparison.Ordinal)
        && (name.StartsWith("Monitor__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase));
}
