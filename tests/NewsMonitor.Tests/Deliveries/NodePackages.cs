using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>
/// The other side as others wrote it: npm packages in a temporary folder, installed once a run and removed after it.
/// </summary>
public class NodePackages : IAsyncLifetime
{
    readonly string _packages;
    readonly string _folder = Directory.CreateTempSubdirectory("monitor-node-").FullName;

    /// <summary>What receivers of messages use.</summary>
    public NodePackages() : this("standardwebhooks@1 mailparser@3.7.2")
    {
    }

    /// <summary>Not public, since a class fixture has one public constructor.</summary>
    internal NodePackages(string packages) => _packages = packages;

    /// <summary>Where a file of a package lies.</summary>
    public string File(params string[] parts) => Path.Combine([_folder, "node_modules", .. parts]);

    public async Task InitializeAsync()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, "package.json"), """{"private":true,"type":"module"}""");
        await Run("npm", "install --no-audit --no-fund --loglevel=error " + _packages);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs a module that reads JSON from standard input and prints JSON.</summary>
    public async Task<JsonElement> Ask(string module, object input)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.mjs");
        await System.IO.File.WriteAllTextAsync(file, module);
        return JsonDocument.Parse(await Run("node", file, JsonSerializer.Serialize(input))).RootElement;
    }

    /// <summary>Puts a file beside the packages.</summary>
    public Task WriteAsync(string name, string text) => System.IO.File.WriteAllTextAsync(Path.Combine(_folder, name), text);

    /// <summary>Runs a program of one of the packages. Throws with all that it said when it fails.</summary>
    public Task<string> RunPackaged(string program, string arguments) => Run(Path.Combine(_folder, "node_modules", ".bin", program), arguments);

    /// <summary>Runs a program in the folder of the packages and returns what it prints.</summary>
    public async Task<string> Run(string program, string arguments, string input = "")
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments} failed: {await errors}\n{output}");
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"'{program}' is missing: install Node.js 18 or newer with npm (Debian: apt-get install nodejs npm).");
        }
    }
}
