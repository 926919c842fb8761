using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace NewsMonitor.Operations;

/// <summary>
/// Reads the sections of the configuration. All of them are read before the first work, so that a mistake in one ends the start.
/// </summary>
static class Settings
{
    /// <summary>A section as options, each value within the range that its attribute states.</summary>
    /// <exception cref="SettingException">
    /// A value is no such thing or out of its range; the message names it as an environment variable does.
    /// </exception>
    public static T Read<T>(this IConfiguration configuration, string section) where T : class, new()
    {
        var options = new T();
        configuration.BindTo(section, options);
        Check(section, options);
        return options;
    }

    /// <summary>Reads what a section says into options, which keep the rest.</summary>
    /// <exception cref="SettingException">A value is no such thing.</exception>
    public static void BindTo<T>(this IConfiguration configuration, string section, T options) where T : class
    {
        try
        {
            configuration.GetSection(section).Bind(options);
            foreach (var list in typeof(T).GetProperties().Where(p => p.PropertyType == typeof(int[])))
            {
                // A JSON file may give a list; an environment variable gives one text.
                if (configuration[$"{section}:{list.Name}"] is { Length: > 0 } text)
                {
                    list.SetValue(options, Array.ConvertAll(text.Split(','), n => Number(n, $"{section}:{list.Name}", text)));
                }
            }
        }
        catch (InvalidOperationException e)
        {
            var bad = Array.Find(typeof(T).GetProperties(), p => configuration[$"{section}:{p.Name}"] is { Length: > 0 }
                && e.Message.Contains($"'{section}:{p.Name}'", StringComparison.OrdinalIgnoreCase));
            throw new SettingException(
                bad is null ? e.Message
                    : $"{Name(section, bad.Name)} is '{configuration[$"{section}:{bad.Name}"]}'; it takes {Kind(bad.PropertyType)}.", e);
        }
    }

    /// <exception cref="SettingException">A value is out of its range.</exception>
    public static void Check(string section, object options)
    {
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            throw new SettingException(string.Join(' ', faults.Select(f => $"{Name(section, f.MemberNames.First())}: {f.ErrorMessage}")));
        }
    }

    static int Number(string text, string path, string all) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
        : throw new SettingException($"{path.Replace(":", "__", StringComparison.Ordinal)} is '{all}'; it takes numbers such as 2,5,20.");

    static string Name(string section, string member) => $"{section.Replace(":", "__", StringComparison.Ordinal)}__{member}";

    static string Kind(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } choice => string.Join(" or ", Enum.GetNames(choice).Select(n => n.ToLowerInvariant())),
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(TimeSpan) => "a duration such as 00:05:00",
        var t when t == typeof(Uri) => "an address",
        _ => "a number",
    };
}
