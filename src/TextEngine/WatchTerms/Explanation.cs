namespace TextEngine.WatchTerms;

/// <summary>Lists what the terms and query words of a watch are found by, and what each needs to count.</summary>
static class Explanation
{
    public static IReadOnlyList<Expansion> Of(CompiledWatch watch, TermIndex index)
    {
        var expansions = new List<Expansion>();
        foreach (var atom in watch.Terms)
        {
            Explain(index.Atoms[atom], expansions);
        }

        foreach (var atom in Leaves(watch.Query).Distinct().Except(watch.Terms))
        {
            Explain(index.Atoms[atom], expansions);
        }

        foreach (var atom in watch.Context)
        {
            expansions.Add(new Expansion(index.Atoms[atom].Text, index.Atoms[atom].Text, "context: makes weak spellings count"));
        }

        foreach (var atom in watch.Not)
        {
            expansions.Add(new Expansion(index.Atoms[atom].Text, index.Atoms[atom].Text, "not: cancels a hit that it covers"));
        }

        return expansions;
    }

    static void Explain(Atom atom, List<Expansion> expansions)
    {
        void Add(string spelling, string why) => expansions.Add(new Expansion(atom.Text, spelling, why));
        if (atom.IsPattern)
        {
            Add(atom.Text, "a query's pattern (word*, word~ or =word)");
            return;
        }

        Add(string.Join(' ', atom.Words.Select(word => (word.Article ? "ال" : "") + word.Folded)), atom.IsOrdinary
            ? "the folded word, which is also an ordinary one: weak, needs context where the watch has any"
            : "the folded words: every spelling that folds to them is found; strong");
        if (atom.IsMarked)
        {
            Add(atom.Words[0].Folded, "written without its long alef: weak, needs context or a strong mention");
        }

        if (atom.Words[0].Script == Script.Arabic)
        {
            var word = atom.Words[0];
            string[] stacks = word.Article ? ["ولل", "لل", "بال", "وال"] : ["و", "ل", "ب", "ول"];
            Add(string.Join(", ", stacks.Select(stack => stack + word.Folded)) + " …", "proclitics before the first word");
        }

        if (atom.Words.Length > 1 && atom.Words.FirstOrDefault(word => word.Folded.Length >= 4) is { Folded: not null } longer)
        {
            Add(longer.Folded, longer.Folded.Length >= 5 ? "one edit in this word, the others holding" : "two letters of this word swapped, the others holding");
        }

        foreach (var shape in TermShapes.Of(atom.Words))
        {
            Add(string.Join(' ', shape.Select(word => (word.Article ? "ال" : "") + word.Folded)), "the same words cut or inflected otherwise");
        }

        foreach (var name in atom.Scripts == 0 ? [] : Glossary.Of(Normalisation.NormalisedText.Of(atom.Text).Text))
        {
            Add(name, "the name in another language");
        }

        Sounds(atom, Add);
        foreach (var word in atom.Words.Where(_ => atom.Words.Length > 1 && atom.Scripts != 0))
        {
            if (Concepts.Of(word.Folded) is { Count: > 0 } aliases)
            {
                Add(string.Join(", ", aliases.Select(alias => alias.Word)), $"translations of {word.Raw} inside the phrase, in either order");
            }
        }
    }

    static void Sounds(Atom atom, Action<string, string> add)
    {
        foreach (var script in new[] { Script.Arabic, Script.Latin, Script.Cyrillic, Script.Hebrew, Script.Kurdish })
        {
            foreach (var word in atom.Words.Where(word => IsHeard(atom, word, script)))
            {
                var (strong, weak) = Speller.Of(word, script);
                Add(strong, "strong");
                Add(weak, atom.Words.Length > 1 ? "inside the phrase" : "weak, needs context or a strong mention");
                void Add(List<string> spellings, string evidence)
                {
                    if (spellings.Count > 0)
                    {
                        add(string.Join(", ", spellings) + " …", $"{script} script, {word.Raw} by sound: {evidence}");
                    }
                }
            }
        }
    }

    static bool IsHeard(Atom atom, TermWord word, Script script) => word.Folded.Length >= 3 && word.Script != Script.Other && word.Folded != "الله"
        && !Concepts.IsTranslated(word.Folded)
        && (word.Script == script ? atom.Scripts != 0 && script != Script.Arabic && word.Folded.Length > 3 : (atom.Scripts & (1 << (int)script)) != 0);

    static IEnumerable<int> Leaves(QueryNode? node) => node switch
    {
        QueryNode.Leaf leaf => [leaf.Atom],
        QueryNode.All all => all.Parts.SelectMany(Leaves),
        QueryNode.Any any => any.Parts.SelectMany(Leaves),
        QueryNode.Near near => near.Parts.SelectMany(Leaves),
        QueryNode.Not not => Leaves(not.Part),
        _ => [],
    };
}
