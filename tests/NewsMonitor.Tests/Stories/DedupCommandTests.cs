using System.Text;
using NewsMonitor.Stories;

namespace NewsMonitor.Tests.Stories;

public class DedupCommandTests
{
    const string Market = "افتتحت بلدية المدينة صباح الثلاثاء سوق الخضار الجديد عند المدخل الشمالي بعد أعمال ترميم استمرت أكثر من عام كامل، وقال المهندس "
        + "المشرف إن السوق يضم مئتي متجر وساحة مسقوفة وموقفا للشاحنات، وإن الباعة القدامى سينتقلون إليه خلال الأسبوع المقبل دون رسوم إضافية.";

    const string Harbour = "The harbour authority reopened the old lighthouse to visitors on Saturday after two winters of repairs to its stairs and lamp room. "
        + "Guides will lead groups of twelve to the gallery every hour, and the keeper's house has become a small museum of coastal shipping.";

    [Fact]
    public void CopiesShareAStoryAndRowsKeepInputOrder()
    {
        var (rows, errors, code) = Dedup(
            $$"""{"id":"م1","text":"{{Market}}"}""",
            $$"""{"id":7,"title":"Lighthouse open","text":"{{Harbour}}"}""",
            $$"""{"id":"م2","title":"سوق جديد","text":"بغداد - {{Market}}","published":"2026-01-02T03:04:05Z"}""");
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("""{"id":"م1","story":"م1","copyOf":null,"similarity":null}""", rows[0]);
        Assert.Equal("""{"id":7,"story":7,"copyOf":null,"similarity":null}""", rows[1]);
        Assert.Equal("""{"id":"م2","story":"م1","copyOf":"م1","similarity":1}""", rows[2]);
    }

    [Fact]
    public void ALineThatIsNoDocumentIsNamedAndTheOthersGoOn()
    {
        var (rows, errors, code) = Dedup("{\"id\":1,\"text\":\"one\"}", "nonsense", "{\"id\":3}", "{\"text\":\"two\"}", "{\"id\":5,\"text\":\"five\"}");
        Assert.Equal(1, code);
        Assert.Equal(2, rows.Length);
        Assert.Contains("test, line 2: not readable as JSON", errors);
        Assert.Contains("test, line 3: expected an object", errors);
        Assert.Contains("test, line 4: \"id\" is missing", errors);
    }

    [Fact]
    public void ATextThatComesBackAfterTheWindowIsANewStory()
    {
        var (rows, _, _) = Dedup(
            $$"""{"id":1,"text":"{{Market}}","published":"2026-01-01T00:00:00Z"}""",
            $$"""{"id":2,"text":"{{Market}}","published":"2026-01-10T00:00:00Z"}""",
            $$"""{"id":3,"text":"{{Market}}","published":"2026-03-01T00:00:00Z"}""");
        Assert.StartsWith("""{"id":2,"story":1,"copyOf":1,""", rows[1]);
        Assert.StartsWith("""{"id":3,"story":3,"copyOf":null,""", rows[2]);
    }

    static (string[] Rows, string Errors, int Code) Dedup(params string[] lines)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        using var output = new MemoryStream();
        var errors = new StringWriter();
        var code = DedupCommand.Run(input, "test", output, json: true, errors, showProgress: false, CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries), errors.ToString(), code);
    }
}
