using System.Collections;
using Microsoft.AspNetCore.Http.HttpResults;

namespace NewsMonitor.Operations.Http;

/// <summary>What is wrong with a request, by field path, so that one answer names every mistake.</summary>
public sealed class FieldErrors : IEnumerable<KeyValuePair<string, List<string>>>
{
    readonly Dictionary<string, List<string>> byField = new(StringComparer.Ordinal);

    public bool Any => byField.Count > 0;

    public void Add(string field, string message)
    {
        if (!byField.TryGetValue(field, out var messages))
        {
            byField[field] = messages = [];
        }

        messages.Add(message);
    }

    /// <summary>Notes text that is missing, blank, longer than <paramref name="max"/> UTF-16 units, or none that the database takes.</summary>
    public void Text(string field, string? value, int max, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            if (required)
            {
                Add(field, "is missing.");
            }
        }
        else if (value.Length > max)
        {
            Add(field, $"has {value.Length} characters; at most {max} are kept.");
        }
        else if (value.Contains('\0', StringComparison.Ordinal))
        {
            Add(field, "holds U+0000, which cannot be kept.");
        }
    }

    /// <summary>A 400 that lists every noted field.</summary>
    public ProblemHttpResult ToProblem() => TypedResults.Problem(
        new HttpValidationProblemDetails(byField.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()))
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "Not valid",
            Detail = ToString(),
        });

    /// <summary>Every mistake in one line.</summary>
    public override string ToString() => string.Join(" ", byField.SelectMany(pair => pair.Value.Select(message => $"{pair.Key}: {message}")));

    public IEnumerator<KeyValuePair<string, List<string>>> GetEnumerator() => byField.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
