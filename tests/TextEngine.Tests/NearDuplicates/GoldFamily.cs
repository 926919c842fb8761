namespace TextEngine.Tests.NearDuplicates;

/// <summary>
/// One text of the gold set as its files hold it: "= title", "> another title", paragraphs, "R " a rewrite, "E " another account.
/// </summary>
sealed class GoldFamily
{
    public required string Language { get; init; }
    public required string Title { get; init; }
    public string OtherTitle { get; private set; } = "";
    public List<string> Paragraphs { get; } = [];
    public List<string> Rewrite { get; } = [];
    public string? OtherAccount { get; private set; }

    public static IEnumerable<GoldFamily> Read(string language, string[] lines)
    {
        GoldFamily? family = null;
        foreach (var line in lines.Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line[0] == '=')
            {
                if (family is not null)
                {
                    yield return family;
                }

                family = new GoldFamily { Language = language, Title = line[2..] };
            }
            else
            {
                family!.Take(line);
            }
        }

        yield return family!;
    }

    void Take(string line)
    {
        switch (line[..2])
        {
            case "> ":
                OtherTitle = line[2..];
                break;
            case "R ":
                Rewrite.Add(line[2..]);
                break;
            case "E ":
                OtherAccount = line[2..];
                break;
            default:
                Paragraphs.Add(line);
                break;
        }
    }
}
