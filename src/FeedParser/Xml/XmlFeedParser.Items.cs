
namespace FeedParser.Xml;

/// <summary>Items: begun, filled with what can occur several times, and finished.</summary>
sealed partial class XmlFeedParser
{
    readonly List<FeedPerson> authors = [];
    readonly List<FeedPerson> sourceAuthors = [];
    readonly List<FeedCategory> categories = [];
    readonly List<FeedEnclosure> enclosures = [];
    int enclosuresBeforeMedia;

    // Bounds on what one item may list; a search for doubles stays short that way.
    const int MostEnclosures = 200;
    const int MostCategories = 500;
    const int MostPeople = 200;

    /// <summary>Items that are complete and have not been taken yet.</summary>
    public List<FeedItem> Items => items;

    /// <summary>The feed as far as it has been read.</summary>
    public Feed Feed => feed;

    void StartItem(string? language)
    {
        item = new() { Language = language };
        itemRanks = default;
        itemRanks.Language = language is null ? 0 : 1;
        authors.Clear();
        sourceAuthors.Clear();
        categories.Clear();
        enclosures.Clear();
        enclosuresBeforeMedia = 0;
    }

    void End()
    {
        ref var frame = ref stack[depth];
        if (frame.Place == Place.Author && stack[depth - 1].Place != Place.Author)
        {
            AddPerson();
        }
        else if (frame.Place == Place.Item && item is not null && stack[depth - 1].Place != Place.Item)
        {
            FinishItem(item);
        }
    }

    void AddPerson()
    {
        var made = person.Build();
        person = default;
        if (made is null)
        {
            return;
        }

        var list = item is null ? personIsOwner ? owners : feedAuthors : stack[depth - 1].Place == Place.Source ? sourceAuthors : authors;
        int same = list.FindIndex(p => (p.Name is not null && string.Equals(p.Name, made.Name, StringComparison.OrdinalIgnoreCase))
            || (p.Email is not null && string.Equals(p.Email, made.Email, StringComparison.OrdinalIgnoreCase)));
        if (same < 0)
        {
            if (list.Count < MostPeople)
            {
                list.Add(made);
            }
        }
        else if (list[same].Email is null || list[same].Name is null)
        {
            // The same person twice: what one element knows and the other does not is put together.
            var known = list[same];
            list[same] = (made.Email is not null && known.Email is null) || (made.Name is not null && known.Name is null)
                ? made with { Name = made.Name ?? known.Name, Email = made.Email ?? known.Email, Url = known.Url ?? made.Url }
                : known with { Url = known.Url ?? made.Url };
        }
    }

    void AddCategory(string term, string? scheme, string? label)
    {
        if (stack[depth].Place == Place.Source)
        {
            return;
        }

        var list = item is null ? feedCategories : categories;
        var category = new FeedCategory(term, scheme, label);
        if (list.Count < MostCategories && !list.Contains(category))
        {
            list.Add(category);
        }
    }

    void AddKeywords(string? text)
    {
        foreach (var word in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            AddCategory(word, keywordScheme, null);
        }
    }

    // Enclosures stand before media, whatever their order in the feed.
    void AddEnclosure(FeedEnclosure enclosure, bool media)
    {
        if (item is null || stack[depth].Place == Place.Source || enclosures.Count >= MostEnclosures)
        {
            return;
        }

        int same = enclosures.FindIndex(e => e.Url == enclosure.Url);
        if (same >= 0)
        {
            var known = enclosures[same];
            enclosures[same] = known with { Type = known.Type ?? enclosure.Type, Length = known.Length ?? enclosure.Length };
        }
        else if (media)
        {
            enclosures.Add(enclosure);
        }
        else
        {
            enclosures.Insert(enclosuresBeforeMedia++, enclosure);
        }
    }

    void FinishItem(FeedItem done)
    {
        item = null;
        // An entry without authors has those of its source (RFC 4287 section 4.2.1).
        if (authors.Count > 0 || sourceAuthors.Count > 0)
        {
            done.Authors = authors.Count > 0 ? authors.ToArray() : sourceAuthors.ToArray();
        }

        if (categories.Count > 0)
        {
            done.Categories = categories.ToArray();
        }

        if (enclosures.Count > 0)
        {
            done.Enclosures = enclosures.ToArray();
        }

        Identity.Complete(done);
        items.Add(done);
    }
}
