using Cloud.Core.Catalog;
using Cloud.Core.Operations;

namespace CloudStack.Client.Tests.Support;

/// <summary>What most tests start from: the catalog, a connection, a provider over a scripted server.</summary>
internal static class Sample
{
    public const string ApiKey = "AKIDexample-0001_AbCdEfGhIjKlMnOpQrStUvWxYz";
    public const string SecretKey = "sEcReT-example_0001-zYxWvUtSrQpOnMlKjIhGfEdCbA";
    public const string Id = "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11";

    public static CommandCatalog Catalog { get; } = CloudStackCatalog.Load();

    public static CloudStackConnection Connection { get; } =
        new("https://cloud.example.com/client/api", new ApiKeyCredentials(ApiKey, SecretKey)) { DiagnoseUnauthorized = false };

    public static CloudStackProvider Provider(
        HttpMessageHandler server, TimeProvider? time = null, CloudStackConnection? connection = null) =>
        new(new CloudStackClient(connection ?? Connection, server, time ?? new FakeTime()), Catalog);

    public static BoundCommand Command(string name, params (string Name, object Value)[] arguments) => new(
        Catalog.FindCommand(name) ?? throw new ArgumentException($"The catalog has no {name}."),
        arguments.ToDictionary(a => a.Name, a => a.Value, StringComparer.OrdinalIgnoreCase));

    public static CommandReply Send(ScriptedServer server, string name, params (string Name, object Value)[] arguments) =>
        Provider(server).SendAsync(Command(name, arguments), CancellationToken.None).GetAwaiter().GetResult();
}
