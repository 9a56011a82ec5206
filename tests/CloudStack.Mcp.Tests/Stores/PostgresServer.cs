using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CloudStack.Mcp.Tests.Stores;

/// <summary>A PostgreSQL server of its own for the tests of one class: on loopback, in a temporary folder, gone afterwards.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string UnprivilegedUser = "postgres";

    private static readonly string? Programs = FindPrograms();

    private readonly DirectoryInfo? _folder = Programs is null ? null : Directory.CreateTempSubdirectory("cloudstack-pg-");
    private int _port;

    /// <summary>Why there is none, or null.</summary>
    public static string? Missing => Programs is null ? "PostgreSQL isn't installed." : null;

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        await using var source = NpgsqlDataSource.Create(To("postgres"));
        await using var create = source.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync();
        return To(name);
    }

    public async Task InitializeAsync()
    {
        if (_folder is null)
        {
            return;
        }

        _port = FreePort();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", UnprivilegedUser, _folder.FullName);
        }

        var data = Path.Combine(_folder.FullName, "data");
        await RunAsync(Path.Combine(Programs!, "initdb"), "-D", data, "-U", "test", "-A", "trust", "--no-sync");
        await RunAsync(
            Path.Combine(Programs!, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(_folder.FullName, "log"),
            "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off", "start");
    }

    public async Task DisposeAsync()
    {
        if (_folder is not null)
        {
            await RunAsync(Path.Combine(Programs!, "pg_ctl"), "-D", Path.Combine(_folder.FullName, "data"), "-m", "immediate", "stop");
            _folder.Delete(recursive: true);
        }
    }

    private string To(string database) => $"Host=127.0.0.1;Port={_port};Username=test;Database={database};Pooling=true;Timeout=10";

    // Debian keeps the programs of each version in a folder of their own, off PATH.
    private static string? FindPrograms()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return debian.Concat(path).FirstOrDefault(folder =>
            File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // PostgreSQL refuses to run as root, as containers do.
    private static async Task RunAsync(string program, params string[] arguments)
    {
        string[] all = Environment.IsPrivilegedProcess && program != "chown"
            ? ["runuser", "-u", UnprivilegedUser, "--", program, .. arguments]
            : [program, .. arguments];
        // A daemon inherits the pipes of whoever starts it, and reading them would wait for its end.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", .. all]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}.");
    }
}
