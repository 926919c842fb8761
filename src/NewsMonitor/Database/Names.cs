using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NewsMonitor.Database;

/// <summary>How C# names are written outside C#: columns in snake_case, enum values in kebab-case.</summary>
public static class Names
{
    public static string SnakeCase(string name) => Split(name, '_');

    public static string Kebab<T>(T value) where T : struct, Enum => Split(value.ToString(), '-');

    /// <summary>Reads what <see cref="Kebab{T}"/> wrote. Throws <see cref="FormatException"/> for a name the enum lacks.</summary>
    public static T Parse<T>(string name) where T : struct, Enum => TryParse<T>(name, out var value)
        ? value
        : throw new FormatException($"'{name}' is none of {string.Join(", ", Enum.GetValues<T>().Select(v => Kebab(v)))}.");

    public static bool TryParse<T>(string? name, out T value) where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(Kebab(candidate), name, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    static string Split(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            // A new word starts at a capital after a small letter, so that ETag is etag and LastETag is last_etag.
            if (i > 0 && char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1])))
            {
                text.Append(separator);
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}

sealed class EnumNameConverter<T>() : ValueConverter<T, string>(value => Names.Kebab(value), name => Names.Parse<T>(name))
    where T : struct, Enum;
