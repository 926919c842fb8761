using FeedParser;
using FeedParser.Benchmarks;

switch (args)
{
    case ["speed", .. var rest]:
        return Speed.Run(rest.FirstOrDefault());
    case ["dump", .. var files]:
        foreach (var file in files)
        {
            Dump.Write(file, FeedReader.Read(File.ReadAllBytes(file)));
        }

        return 0;
    case ["loop", .. var rest]:
        var corpus = Corpus.Load(rest.FirstOrDefault());
        for (int i = 0; i < 600; i++)
        {
            foreach (var (_, bytes) in corpus)
            {
                FeedReader.Read(bytes);
            }
        }

        return 0;
    case ["files", .. var rest]:
        return PerFile.Run(rest.FirstOrDefault());
    default:
        Console.Error.WriteLine("usage: speed [FOLDER] | dump FILE…");
        return 2;
}
