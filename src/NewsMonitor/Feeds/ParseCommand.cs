using System.CommandLine;
using FeedParser;

namespace NewsMonitor.Feeds;

/// <summary>monitor feed parse: what do these local files say, read as feeds?</summary>
public static class ParseCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object a line, in the order given." };
        var baseUrl = new Option<Uri?>("--base")
        {
            Description = "The address that relative links are resolved against.",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out var uri))
                    return uri;

                result.AddError($"--base: '{result.Tokens.Single().Value}' is no absolute URL; give one such as https://example.com/feed.");
                return null;
            },
        };
        var contentType = new Option<string?>("--content-type") { Description = "The Content-Type that the files were served with." };
        var files = new Argument<string[]>("FILE") { Description = "Feed files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("parse", "Reads local feed files.") { json, baseUrl, contentType, files };
        command.SetAction((result, cancel) =>
        {
            using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
            return Task.FromResult(Run(
                result.GetValue(files)!, result.GetValue(json), result.GetValue(baseUrl), result.GetValue(contentType), output,
                Console.Error, cancel));
        });
        return command;
    }

    /// <summary>
    /// 0 when every file could be opened and read; 1 when one could not, or, without <paramref name="json"/>, was no feed. With it, being
    /// no feed is a finding like others and stands in the output.
    /// </summary>
    public static int Run(
        IEnumerable<string> files, bool json, Uri? baseUri, string? contentType, Stream output, TextWriter errors, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(errors);
        using var report = new ParseReport(output, json);
        var code = 0;
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            var (bytes, reason) = Open(file);
            if (reason is not null)
            {
                errors.WriteLine(reason);
                report.Write(file, reason);
                code = 1;
                continue;
            }

            var result = FeedReader.Read(bytes, contentType, baseUri);
            if (result.Feed is { } feed)
            {
                report.Write(file, feed);
                continue;
            }

            report.Write(file, result.Error!);
            if (!json)
            {
                errors.WriteLine($"{file}: {result.Error}");
                code = 1;
            }
        }

        return code;
    }

    static (byte[]? Bytes, string? Reason) Open(string file)
    {
        try
        {
            return (File.ReadAllBytes(file), null);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"{file}: {wrong.Message} Check the path and that it may be read.");
        }
    }
}
