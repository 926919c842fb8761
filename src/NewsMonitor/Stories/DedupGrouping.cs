using TextEngine.NearDuplicates;

namespace NewsMonitor.Stories;

/// <summary>The documents of one run and where each belongs. Texts are dropped once they are sketched.</summary>
sealed class DedupGrouping
{
    readonly StoryIndex _index = new(window: StoryOptions.DefaultWindow);
    readonly List<(string Id, StoryAssignment Assignment)> _documents = [];

    public int Count => _documents.Count;

    public void Add(in DedupDocument document)
        => _documents.Add((document.Id, _index.Add(Sketcher.Sketch(document.Title, document.Text), document.Published)));

    /// <summary>The rows in input order. Only now is the grouping final, since a late document may join two stories.</summary>
    public IEnumerable<DedupRow> Rows()
    {
        var first = new Dictionary<int, int>();
        for (var i = 0; i < _documents.Count; i++)
        {
            first.TryAdd(_index.StoryOf(i), i);
        }

        for (var i = 0; i < _documents.Count; i++)
        {
            var (id, assignment) = _documents[i];
            var isCopy = !assignment.IsNew && _index.StoryOf(assignment.Closest) == _index.StoryOf(i);
            yield return new DedupRow(id, _documents[first[_index.StoryOf(i)]].Id, isCopy ? _documents[assignment.Closest].Id : null,
                isCopy ? Math.Round(assignment.Similarity.Value, 4) : null);
        }
    }
}

/// <summary>One document's place. Ids are JSON values.</summary>
readonly record struct DedupRow(string Id, string Story, string? CopyOf, double? Similarity);
