using System.Globalization;
using FeedParser;
using FeedParser.Benchmarks;

switch (args)
{
    case ["speed", .. var rest]:
        return Speed.Run(rest.FirstOrDefault());
    case ["files", .. var rest]:
        return PerFile.Run(rest.FirstOrDefault());
    case ["fuzz", var count, .. var rest]:
        int seed = rest is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        return Fuzz.Run(int.Parse(count, CultureInfo.InvariantCulture), seed, rest.Skip(1).FirstOrDefault());
    case ["large", var megabytes]:
        return Large.Run(int.Parse(megabytes, CultureInfo.InvariantCulture));
    case ["dump", .. var files]:
        foreach (var file in files)
        {
            Dump.Write(file, FeedReader.Read(File.ReadAllBytes(file)));
        }

        return 0;
    default:
        Console.Error.WriteLine("usage: speed [FOLDER] | files [FOLDER] | fuzz COUNT [SEED [FOLDER]] | large MEGABYTES | dump FILE…");
        return 2;
}
