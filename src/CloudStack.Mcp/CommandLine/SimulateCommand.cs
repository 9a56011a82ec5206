using System.CommandLine;
using System.Globalization;
using System.Net;
using Cloud.Core.Errors;
using CloudStack.Client;
using CloudStack.Mcp.Simulation;
using CloudStack.Simulator;

namespace CloudStack.Mcp.CommandLine;

/// <summary><c>simulate</c>: a cloud in memory over HTTP, for any client of CloudStack's API.</summary>
internal static class SimulateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var http = new Option<string>("--http")
        {
            Description = "The address to listen on; port 0 for a free one.",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
            HelpName = "url",
        };
        var anyAddress = new Option<bool>("--any-address") { Description = "Allow an address that other machines reach." };
        var json = new Option<bool>("--json") { Description = "Write the address and keys as a JSON object." };
        var command = new Command("simulate", "Serve a simulated cloud over HTTP until interrupted.") { http, anyAddress, json };
        var switches = new SimulatorSwitches();
        switches.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandAction.RunAsync(result.GetValue(json), async () =>
        {
            var (address, port) = ListenAddress.Parse(
                result.GetValue(http)!, result.GetValue(anyAddress), "the simulator's keys are no secret.");
            using var cloud = switches.MakeCloud(result);
            // Making a large cloud leaves a lot behind, and a server that idles would keep it.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            await using var host = await StartAsync(cloud, address, port, cancellationToken);
            Announce(host.Url, cloud, result.GetValue(json));
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
            return 0;
        }));
        return command;
    }

    private static async Task<SimulatorHost> StartAsync(SimulatedCloud cloud, IPAddress address, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await SimulatorHost.StartAsync(cloud, address, port, cancellationToken);
        }
        catch (IOException error)
        {
            throw new CloudException(ErrorCause.Local, $"Can't listen: {error.Message}", "Choose another port with --http, or port 0 for a free one.", error);
        }
    }

    private static CloudException Refuse(string message, string nextStep) => new(ErrorCause.InvalidArgument, message, nextStep);

    private static void Announce(Uri url, SimulatedCloud cloud, bool json)
    {
        var users = cloud.Credentials;
        var admin = users.RootAdmin;
        if (json)
        {
            JsonOutput.Write(
                w =>
                {
                    w.WriteStartObject();
                    w.WriteString("url", url.AbsoluteUri);
                    w.WriteString("apiKey", admin.ApiKey);
                    w.WriteString("secretKey", admin.SecretKey);
                    w.WriteString("userName", admin.UserName);
                    w.WriteString("password", admin.Password);
                    w.WriteEndObject();
                },
                indented: false);
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            A simulated cloud answers on {url}

              export {CloudStackConnection.UrlVariable}={url}
              export {CloudStackConnection.ApiKeyVariable}={admin.ApiKey}
              export {CloudStackConnection.SecretKeyVariable}={admin.SecretKey}

            User {admin.UserName}, password {admin.Password}; also {users.DomainAdmin.UserName} in {users.DomainAdmin.Domain} and {users.User.UserName} in {users.User.Domain}.
            {Kept(cloud)}Nothing here is real or secret. Ctrl+C ends it.
            """));
    }

    private static string Kept(SimulatedCloud cloud) => cloud.Options.StateFile is { } file
        ? string.Create(CultureInfo.InvariantCulture, $"Kept in {file}, taken up after {cloud.RestoredChanges} changes.\n")
        : "";
}
