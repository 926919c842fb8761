using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NewsMonitor.Operations;

/// <summary>
/// <c>monitor gateway</c>: one address in front of several workers. Passes TCP connections to whichever of them answers, so that
/// <c>docker-compose up --scale monitor=3</c> needs neither a port for each worker nor one more image.
/// </summary>
public static class GatewayCommand
{
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port to listen on", DefaultValueFactory = _ => 8080 };
        var to = new Option<(string Host, int Port)>("--to")
        {
            Description = "HOST:PORT of the workers; every address of HOST is one",
            Required = true,
            CustomParser = given =>
            {
                var address = given.Tokens[0].Value;
                var colon = address.LastIndexOf(':');
                if (colon > 0
                    && ushort.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return (address[..colon], number);
                }

                given.AddError($"--to takes HOST:PORT, such as monitor:8080, and was given '{address}'.");
                return default;
            },
        };
        var command = new Command("gateway", "Pass connections on to the workers behind one name") { port, to };
        command.SetAction(async (parsed, stop) =>
        {
            using var listener = new TcpListener(IPAddress.Any, parsed.GetValue(port));
            try
            {
                listener.Start();
            }
            catch (SocketException e)
            {
                throw new SettingException(
                    $"Port {parsed.GetValue(port)} cannot be listened on ({e.Message}): choose another with --port.", e);
            }

            var (host, target) = parsed.GetValue(to);
            await RunAsync(listener, cancel => Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, cancel), target, stop);
            return 0;
        });
        return command;
    }

    /// <summary>Serves until <paramref name="stop"/>; the workers' addresses are looked up for every connection, so new ones take part at once.</summary>
    internal static async Task RunAsync(
        TcpListener listener, Func<CancellationToken, Task<IPAddress[]>> workers, int port, CancellationToken stop)
    {
        var next = 0;
        while (!stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            _ = PassAsync(client, workers, port, next++, stop);
        }
    }

    static async Task PassAsync(
        TcpClient client, Func<CancellationToken, Task<IPAddress[]>> workers, int port, int turn, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                using var worker = await ConnectAsync(await workers(stop), port, turn, stop);
                if (worker is not null)
                {
                    var (near, far) = (client.GetStream(), worker.GetStream());
                    var asked = CopyAsync(near, far, stop);
                    var answered = CopyAsync(far, near, stop);
                    // A broken side ends both at once; a side that only finished lets the other finish too.
                    await await Task.WhenAny(asked, answered);
                    await Task.WhenAll(asked, answered);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // Either side went away: closing both ends tells the other, and HTTP clients try again.
                client.Close();
            }
        }
    }

    static async Task<TcpClient?> ConnectAsync(IPAddress[] workers, int port, int turn, CancellationToken stop)
    {
        for (var i = 0; i < workers.Length; i++)
        {
            var worker = new TcpClient { NoDelay = true };
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(ConnectTimeout);
            try
            {
                await worker.ConnectAsync(workers[(int)((uint)(turn + i) % (uint)workers.Length)], port, patience.Token);
                return worker;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                worker.Dispose();
            }
        }

        return null;
    }

    static async Task CopyAsync(NetworkStream from, NetworkStream to, CancellationToken stop)
    {
        await from.CopyToAsync(to, stop);
        to.Socket.Shutdown(SocketShutdown.Send);
    }
}
