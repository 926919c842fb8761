namespace TextEngine.WatchTerms;

/// <summary>Turns definitions into a set, or says everything that is wrong with them.</summary>
static class Compiler
{
    public static WatchSet Compile(IReadOnlyList<WatchDefinition> definitions)
    {
        var problems = new List<WatchProblem>();
        var builder = new SetBuilder();
        var watches = new List<CompiledWatch>(definitions.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (string.IsNullOrWhiteSpace(definition.Id))
            {
                problems.Add(new WatchProblem(definition.Id, "id", 1, 1, "a watch needs an id, such as qaani"));
            }
            else if (!ids.Add(definition.Id))
            {
                problems.Add(new WatchProblem(definition.Id, "id", 1, 1, "another watch has the same id; ids are unique"));
            }

            if (definition.Terms.Count == 0 && string.IsNullOrWhiteSpace(definition.Query))
            {
                problems.Add(new WatchProblem(definition.Id, "terms", 1, 1, "a watch needs terms, a query, or both"));
            }

            var scripts = definition.CrossScript ? OtherScripts(definition) : 0;
            watches.Add(new CompiledWatch
            {
                Id = definition.Id,
                Terms = Atoms(definition, "terms", definition.Terms, scripts, builder, problems),
                Context = Atoms(definition, "context", definition.Context, scripts, builder, problems),
                Not = Atoms(definition, "not", definition.Not, scripts, builder, problems),
                Query = Query(definition, scripts, builder, problems),
            });
        }

        if (problems.Count == 0)
        {
            var set = WatchSet.Of([.. watches], builder.Build());
            CheckExamples(definitions, set, problems);
            if (problems.Count == 0)
            {
                return set;
            }
        }

        throw new WatchDefinitionException(problems);
    }

    // A watch whose author wrote Arabic has the Arabic spellings; what Latin terms sound like in Arabic would only add doubtful ones.
    static int OtherScripts(WatchDefinition definition)
    {
        var all = (1 << (int)Script.Arabic) | (1 << (int)Script.Latin) | (1 << (int)Script.Cyrillic) | (1 << (int)Script.Hebrew)
            | (1 << (int)Script.Kurdish) | (1 << (int)Script.Greek);
        return definition.Terms.Any(IsArabic) || (definition.Query is { } query && IsArabic(query)) ? all & ~(1 << (int)Script.Arabic) : all;
    }

    // A Kurdish spelling is none of Arabic.
    static bool IsArabic(string text) => text.AsSpan().IndexOfAnyInRange('ء', 'ي') >= 0 && !Marks.HasKurdishLetter(text);

    static int[] Atoms(
        WatchDefinition definition, string field, IReadOnlyList<string> texts, int scripts, SetBuilder builder, List<WatchProblem> problems)
    {
        var atoms = new List<int>(texts.Count);
        var seen = new HashSet<int>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            var atom = builder.Add(text, AtomKind.Term, scripts);
            if (atom < 0)
            {
                problems.Add(new WatchProblem(definition.Id, $"{field}[{i}]", 1, 1,
                    $"\"{text}\" has no letter or digit; expected a word or phrase"));
            }
            else if (seen.Add(atom))
            {
                atoms.Add(atom);
            }
        }

        return [.. atoms];
    }

    static QueryNode? Query(WatchDefinition definition, int scripts, SetBuilder builder, List<WatchProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(definition.Query))
        {
            return null;
        }

        try
        {
            var node = QueryParser.Parse(definition.Query, builder.Words, (text, kind) => builder.Add(text, kind, scripts));
            if (Triggers.Clauses(node, []).Count > 0)
            {
                return node;
            }

            problems.Add(new WatchProblem(definition.Id, "query", 1, 1,
                "the query holds for articles without any of its words, since source:, lang: and NOT only narrow a query; "
                + "expected a word or phrase that must be there"));
        }
        catch (QueryException wrong)
        {
            var (line, column) = QueryLexer.Place(definition.Query, wrong.Position);
            problems.Add(new WatchProblem(definition.Id, "query", line, column, wrong.Message));
        }

        return null;
    }

    static void CheckExamples(IReadOnlyList<WatchDefinition> definitions, WatchSet set, List<WatchProblem> problems)
    {
        foreach (var definition in definitions)
        {
            Check(definition, definition.Examples.Match, true);
            Check(definition, definition.Examples.NoMatch, false);
        }

        void Check(WatchDefinition definition, IReadOnlyList<string> texts, bool expected)
        {
            for (var i = 0; i < texts.Count; i++)
            {
                var text = texts[i];
                var hits = set.Match(new ArticleText(null, text)).Where(hit => hit.Watch == definition.Id).ToArray();
                if (hits.Length == 0 == expected)
                {
                    problems.Add(expected
                        ? new WatchProblem(definition.Id, $"examples.match[{i}]", 1, 1, $"the watch does not fire on its example \"{text}\"")
                        : new WatchProblem(definition.Id, $"examples.noMatch[{i}]", 1, 1,
                            $"the watch fires on its counter-example \"{text}\", on \"{hits[0].Surface}\" ({hits[0].Why})"));
                }
            }
        }
    }
}
