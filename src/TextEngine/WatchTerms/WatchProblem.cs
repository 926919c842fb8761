namespace TextEngine.WatchTerms;

/// <summary>Something in a definition that cannot be used.</summary>
/// <param name="Watch">The watch's id.</param>
/// <param name="Field">The definition's field: id, query, terms[0], context[0], not[0], examples.match[0], …</param>
/// <param name="Line">Line within the field's text, from 1.</param>
/// <param name="Column">Column in that line, from 1, in UTF-16 units.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record WatchProblem(string Watch, string Field, int Line, int Column, string Message)
{
    /// <summary>The problem in one line.</summary>
    public override string ToString() => $"watch {Watch}, {Field}, line {Line}, column {Column}: {Message}";
}
