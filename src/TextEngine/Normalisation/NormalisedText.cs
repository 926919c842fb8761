using System.Text;

namespace TextEngine.Normalisation;

/// <summary>A text's folded words joined by single spaces, with the way back to the original.</summary>
public sealed class NormalisedText
{
    readonly int[] starts;
    readonly int[] ends;

    NormalisedText(string text, int[] starts, int[] ends)
    {
        Text = text;
        this.starts = starts;
        this.ends = ends;
    }

    /// <summary>The folded words, one space between each two. Normalising it again changes nothing.</summary>
    public string Text { get; }

    /// <summary>Folds a text.</summary>
    public static NormalisedText Of(string text)
    {
        var reader = new WordReader();
        reader.Read(text);
        var folded = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length);
        var ends = new List<int>(text.Length);
        foreach (var word in reader.Words)
        {
            if (folded.Length > 0)
            {
                folded.Append(' ');
                starts.Add(word.Start);
                ends.Add(word.Start);
            }

            folded.Append(reader.LettersOf(word));
            for (var i = 0; i < word.FoldedLength; i++)
            {
                starts.Add(word.Start);
                ends.Add(word.End);
            }
        }

        return new NormalisedText(folded.ToString(), [.. starts], [.. ends]);
    }

    /// <summary>
    /// The stretch of the original, in UTF-16 units, that a stretch of <see cref="Text"/> came from, widened to whole words.
    /// </summary>
    public (int Start, int Length) Original(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, starts.Length);
        return (starts[start], ends[start + length - 1] - starts[start]);
    }
}
