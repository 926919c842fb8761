using System.Text;
using FeedParser.Links;

namespace FeedParser.Xml;

/// <summary>
/// The open elements, their namespaces, bases and languages; how crossed and unclosed tags, which XML 1.0 section 3 forbids, are mended.
/// </summary>
sealed partial class XmlFeedParser
{
    // Deeper than any feed; tags below are passed over, so that a search down the stack stays short.
    const int MaxDepth = 256;

    const int MaxNamespaces = 256;

    readonly NameCacheEntry[] nameCache = new NameCacheEntry[128];
    readonly List<(byte[] Prefix, Ns Ns)> namespaces = [];
    readonly DeclaredEntities entities = new();
    readonly Dictionary<int, byte[]> prefixes = [];
    Frame[] stack = new Frame[16];
    int depth;
    int namespaceVersion;

    static uint HashName(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name)
        {
            hash = (hash ^ (uint)(b | 0x20)) * 16777619;
        }

        return hash;
    }

    void OnStart(ReadOnlySpan<byte> data, int nameStart, int nameLength, bool selfClosing)
    {
        var name = data.Slice(nameStart, nameLength);
        uint hash = HashName(name);
        if (capture.Field != Field.None && !capture.Soft)
        {
            var (innerNs, innerTag) = Identify(name, hash);
            if (!ClosesCapture(innerNs, innerTag))
            {
                InlineStart(name, hash, selfClosing);
                return;
            }

            Note("an element that was not closed ends where the next one begins", data, nameStart);
            UnwindTo(capture.Depth - 1);
        }

        if (tag.Dropped)
        {
            Note("a tag has too many attributes; the last ones are left out", data, nameStart);
        }

        if (depth == MaxDepth)
        {
            Note("elements are nested too deep; the inner ones are passed over", data, nameStart);
            return;
        }

        Push(data, hash, nameLength);
        var (ns, known) = Identify(name, hash);
        ref var frame = ref stack[depth];
        (frame.Ns, frame.Tag) = (ns, known);
        Begin(data, ns, known, name);
        if (selfClosing)
        {
            Pop();
        }
    }

    void Push(ReadOnlySpan<byte> data, uint hash, int nameLength)
    {
        if (++depth == stack.Length)
        {
            Array.Resize(ref stack, Math.Min(stack.Length * 2, MaxDepth + 1));
        }

        ref var frame = ref stack[depth];
        frame = stack[depth - 1];
        frame.Hash = hash;
        frame.NameLength = nameLength;
        frame.OwnLanguage = false;
        frame.NamespaceMark = namespaces.Count;
        for (int i = 0; i < tag.Count; i++)
        {
            ReadScope(ref frame, tag.Name(data, i), tag.Value(data, i));
        }
    }

    // xmlns (Namespaces in XML 1.0 section 6), xml:base (XML Base section 3) and xml:lang (XML 1.0 section 2.12) hold for the element and
    // all that is in it; feeds write the latter two without prefix too.
    void ReadScope(ref Frame frame, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name.Length)
        {
            case >= 5 when (name[0] | 0x20) == 'x' && StartsWith(name, "xmlns"u8) && (name.Length == 5 || name[5] == ':'):
                Declare(name.Length == 5 ? default : name[6..], value);
                break;
            case 8 when StartsWith(name, "xml:base"u8):
            case 4 when StartsWith(name, "base"u8):
                frame.Base = Reference.Nest(frame.Base, StartTag.Decode(value));
                break;
            case 8 when StartsWith(name, "xml:lang"u8):
            case 4 when StartsWith(name, "lang"u8):
                frame.Language = Languages.Clean(StartTag.Decode(value));
                frame.OwnLanguage = true;
                break;
            default:
                break;
        }
    }

    void Declare(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> uri)
    {
        if (namespaces.Count == MaxNamespaces)
        {
            return;
        }

        // The same few prefixes come again at every item in some feeds; what is more than a few is not kept.
        if (prefixes.Count > MaxNamespaces)
        {
            prefixes.Clear();
        }

        int key = (int)HashName(prefix) ^ prefix.Length;
        if (!prefixes.TryGetValue(key, out var kept) || !kept.AsSpan().SequenceEqual(prefix))
        {
            kept = prefix.ToArray();
            prefixes[key] = kept;
        }

        namespaces.Add((kept, Namespaces.Of(uri, prefix)));
        namespaceVersion++;
        if (!atomVersionKnown)
        {
            NoteVersion(uri);
        }
    }

    (Ns Ns, Tag Tag) Identify(ReadOnlySpan<byte> name, uint hash)
    {
        ref var cached = ref nameCache[(hash ^ (hash >> 16)) & 127];
        if (cached.Hash == hash && cached.Length == name.Length && cached.Version == namespaceVersion)
        {
            return (cached.Ns, cached.Tag);
        }

        int colon = name.IndexOf((byte)':');
        var prefix = colon < 0 ? default : name[..colon];
        var local = colon < 0 ? name : name[(colon + 1)..];
        Ns ns = ResolvePrefix(prefix);
        Tag known = Tags.ByName.TryGet(local, out var found) ? found : Tag.Unknown;
        cached = new() { Hash = hash, Length = name.Length, Version = namespaceVersion, Ns = ns, Tag = known };
        return (ns, known);
    }

    Ns ResolvePrefix(ReadOnlySpan<byte> prefix)
    {
        for (int i = namespaces.Count - 1; i >= 0; i--)
        {
            if (Ascii.EqualsIgnoreCase(namespaces[i].Prefix, prefix))
            {
                return namespaces[i].Ns;
            }
        }

        if (!prefix.IsEmpty && !(prefix.Length == 3 && StartsWith(prefix, "xml"u8)))
        {
            problems.Add($"the prefix '{Encoding.UTF8.GetString(prefix[..Math.Min(prefix.Length, 20)])}' is not declared");
        }

        return Namespaces.OfPrefix(prefix);
    }

    void OnEnd(ReadOnlySpan<byte> data, int nameStart, int nameLength)
    {
        var name = data.Slice(nameStart, nameLength);
        uint hash = HashName(name);
        bool capturing = capture.Field != Field.None && !capture.Soft;
        if (capturing)
        {
            ref var captured = ref stack[capture.Depth];
            if (captured.Hash != hash || captured.NameLength != nameLength)
            {
                var (ns, known) = Identify(name, hash);
                if (!EndsContainer(ns, known) || !IsOpen(hash, nameLength, capture.Depth - 1))
                {
                    InlineEnd(name);
                    return;
                }
            }
            else if (capture.SameInside > 0)
            {
                capture.SameInside--;
                InlineEnd(name);
                return;
            }
        }

        if (depth > 0 && stack[depth].Hash == hash && stack[depth].NameLength == nameLength)
        {
            Pop();
            return;
        }

        for (int i = depth - 1; i > 0; i--)
        {
            if (stack[i].Hash == hash && stack[i].NameLength == nameLength)
            {
                Note("elements that were not closed end with the one around them", data, nameStart);
                UnwindTo(i - 1);
                return;
            }
        }

        Note("an end tag without its start tag is passed over", data, nameStart);
    }

    bool IsOpen(uint hash, int nameLength, int below)
    {
        for (int i = below; i > 0; i--)
        {
            if (stack[i].Hash == hash && stack[i].NameLength == nameLength)
            {
                return true;
            }
        }

        return false;
    }

    static bool EndsContainer(Ns ns, Tag known) =>
        ns is Ns.Rss or Ns.Atom or Ns.Rdf && known is Tag.Item or Tag.Channel or Tag.Feed or Tag.Rss or Tag.Rdf;

    // Text collected in one element cannot go on where a new item or a field that is no markup begins; HTML's link has attributes.
    bool ClosesCapture(Ns ns, Tag known)
    {
        if (ns == Ns.Rss && known is Tag.Item or Tag.Channel && stack[capture.Depth].Place == Place.Item)
        {
            return true;
        }

        if (capture.Kind == TextKind.Inline && capture.Field == Field.Content)
        {
            return false;
        }

        return !isRss ? ns is Ns.Atom or Ns.Rss && EndsAtomText(known) : ns switch
        {
            Ns.Rss => known is Tag.Guid or Tag.PubDate or Tag.Item or Tag.LastBuildDate or Tag.ManagingEditor or Tag.Enclosure
                or Tag.Category
                || (capture.Field != Field.Description && capture.Field != Field.Content && known is Tag.Description or Tag.Link)
                || (known == Tag.Link && tag.Count == 0)
                || (capture.Field is Field.Link or Field.Id or Field.Published && known is Tag.Title),
            Ns.Dc => known is Tag.Date or Tag.Creator or Tag.Subject,
            Ns.Content => known == Tag.Encoded,
            _ => false,
        };
    }

    // Atom's elements with text hold none of Atom's other elements (RFC 4287 sections 3 and 4.2); HTML has some of their names.
    bool EndsAtomText(Tag known) => capture.Field switch
    {
        Field.Id or Field.Published or Field.Updated or Field.PersonName or Field.PersonEmail or Field.PersonUrl or Field.Image =>
            known != Tag.Unknown,
        Field.Title => known is Tag.Link or Tag.Subtitle || EndsAnyAtomText(known) || known is Tag.Summary or Tag.Content,
        Field.Description or Field.Content => capture.Kind != TextKind.Inline && EndsAnyAtomText(known),
        _ => false,
    };

    static bool EndsAnyAtomText(Tag known) =>
        known is Tag.Id or Tag.Published or Tag.Issued or Tag.Updated or Tag.Modified or Tag.Author or Tag.Category or Tag.Item;

    void UnwindTo(int target)
    {
        while (depth > target)
        {
            Pop();
        }
    }

    void Pop()
    {
        if (capture.Field != Field.None && capture.Depth == depth)
        {
            Commit();
        }

        End();
        int mark = stack[depth].NamespaceMark;
        if (namespaces.Count > mark)
        {
            namespaces.RemoveRange(mark, namespaces.Count - mark);
            namespaceVersion++;
        }

        depth--;
    }

    struct NameCacheEntry
    {
        public uint Hash;
        public int Length;
        public int Version;
        public Ns Ns;
        public Tag Tag;
    }
}
