using FeedParser;
using FeedParser.Benchmarks;

switch (args)
{
    case ["dump", .. var files]:
        foreach (var file in files)
        {
            Dump.Write(file, FeedReader.Read(File.ReadAllBytes(file)));
        }

        return 0;
    default:
        Console.Error.WriteLine("usage: dump FILE…");
        return 2;
}
