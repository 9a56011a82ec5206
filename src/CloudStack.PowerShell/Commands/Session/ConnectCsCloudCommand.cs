using System.Management.Automation;
using System.Net;
using System.Security;
using Cloud.Core.Caching;
using Cloud.Core.Errors;
using CloudStack.Client;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Errors;
using CloudStack.Simulator;

namespace CloudStack.PowerShell.Commands;

/// <summary>Connects this session to a cloud and makes it the default. What can't be reached or refuses isn't connected.</summary>
[Cmdlet(VerbsCommunications.Connect, "CsCloud", DefaultParameterSetName = Unsaid)]
[OutputType(typeof(CloudConnection))]
public sealed class ConnectCsCloudCommand : PSCmdlet, IDisposable
{
    private const string Unsaid = "Default";
    private const string Keys = "Keys";
    private const string Login = "Login";
    private const string FromVariables = "Environment";
    private const string Simulated = "Simulator";
    private const string FromProfile = "Profile";

    private readonly CancellationTokenSource _stop = new();

    /// <summary>The server's address: https://host, https://host/client or the API's full path.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Keys, HelpMessage = "Such as https://cloud.example.com/client/api.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Login, HelpMessage = "Such as https://cloud.example.com/client/api.")]
    [Parameter(Position = 0, ParameterSetName = Unsaid)]
    [ValidateNotNullOrEmpty]
    public string Url { get; set; } = "";

    /// <summary>The API key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Keys, HelpMessage = "The API key of your user.")]
    [ValidateNotNullOrEmpty]
    public string ApiKey { get; set; } = "";

    /// <summary>The secret key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Keys, HelpMessage = "The secret key that belongs to the API key.")]
    [ValidateNotNull]
    public SecureString SecretKey { get; set; } = new();

    /// <summary>The user name and password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Login, HelpMessage = "Your user name and password.")]
    [Credential]
    [ValidateNotNull]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>The domain's path, such as /Engineering; without it, ROOT.</summary>
    [Parameter(ParameterSetName = Login)]
    public string? Domain { get; set; }

    /// <summary>The code of the second factor; without it, it's asked for where it is needed.</summary>
    [Parameter(ParameterSetName = Login)]
    public string? TwoFactorCode { get; set; }

    /// <summary>Reads CLOUDSTACK_API_URL, CLOUDSTACK_API_KEY and CLOUDSTACK_SECRET_KEY.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromVariables)]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>A profile of the profiles file; see Get-CsProfile. Without it, and without anything else that says where to, the default profile.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromProfile, HelpMessage = "The name of a profile; Get-CsProfile shows them.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Profile { get; set; } = "";

    /// <summary>Uses a small cloud in memory, which ends with the connection.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Simulated)]
    public SwitchParameter Simulator { get; set; }

    /// <summary>How long the simulated cloud's jobs take.</summary>
    [Parameter(ParameterSetName = Simulated)]
    public TimeSpan JobDuration { get; set; } = TimeSpan.Zero;

    /// <summary>How large the simulated cloud is: small, medium (500 machines), large (10,000) or a number of machines.</summary>
    [Parameter(ParameterSetName = Simulated)]
    [ValidateNotNullOrEmpty]
    public string Seed { get; set; } = "small";

    /// <summary>How the simulated cloud's time passes: real, stepped, or fast:N for N seconds a second.</summary>
    [Parameter(ParameterSetName = Simulated)]
    [ValidateNotNullOrEmpty]
    public string Clock { get; set; } = "real";

    /// <summary>Accepts any certificate: who stands between here and the server can then read and change everything.</summary>
    [Parameter(ParameterSetName = Unsaid)]
    [Parameter(ParameterSetName = Keys)]
    [Parameter(ParameterSetName = Login)]
    [Parameter(ParameterSetName = FromVariables)]
    [Parameter(ParameterSetName = FromProfile)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Files with the certificates of authorities of your own, in PEM or binary form, that may have issued the server's.</summary>
    [Parameter(ParameterSetName = Unsaid)]
    [Parameter(ParameterSetName = Keys)]
    [Parameter(ParameterSetName = Login)]
    [Parameter(ParameterSetName = FromVariables)]
    [Parameter(ParameterSetName = FromProfile)]
    [ValidateNotNullOrEmpty]
    public string[]? CertificateAuthority { get; set; }

    /// <summary>The SHA-256 of the one certificate that is accepted, in hex; whoever issued it.</summary>
    [Parameter(ParameterSetName = Unsaid)]
    [Parameter(ParameterSetName = Keys)]
    [Parameter(ParameterSetName = Login)]
    [Parameter(ParameterSetName = FromVariables)]
    [Parameter(ParameterSetName = FromProfile)]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary>The proxy to go through; without it, the one that the system or HTTPS_PROXY names.</summary>
    [Parameter(ParameterSetName = Unsaid)]
    [Parameter(ParameterSetName = Keys)]
    [Parameter(ParameterSetName = Login)]
    [Parameter(ParameterSetName = FromVariables)]
    [Parameter(ParameterSetName = FromProfile)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>For a server whose setting encode.api.response is on: it percent-encodes every text of its answers.</summary>
    [Parameter(ParameterSetName = Unsaid)]
    [Parameter(ParameterSetName = Keys)]
    [Parameter(ParameterSetName = Login)]
    [Parameter(ParameterSetName = FromVariables)]
    [Parameter(ParameterSetName = FromProfile)]
    public SwitchParameter EncodedAnswers { get; set; }

    /// <summary>How long lists are answered from memory; without it, as long as the profile says, else each is asked of the server. A change made over this connection drops what it touches.</summary>
    [Parameter(ParameterSetName = Unsaid)]
    [Parameter(ParameterSetName = Keys)]
    [Parameter(ParameterSetName = Login)]
    [Parameter(ParameterSetName = FromVariables)]
    [Parameter(ParameterSetName = FromProfile)]
    public TimeSpan CacheTime { get; set; } = TimeSpan.Zero;

    /// <summary>What to call the connection; without it, the profile's name or the server's host name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var connection = Connect();
            Session.Connections.Add(connection);
            WriteObject(connection);
        }
        catch (CloudException error)
        {
            ThrowTerminatingError(CloudErrorRecord.Of(error, Target));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Lets go of what the cmdlet holds.</summary>
    public void Dispose() => _stop.Dispose();

    private string? Target => ParameterSetName == FromProfile ? Profile : Url.Length > 0 ? Url : null;

    private CloudConnection Connect() => ParameterSetName switch
    {
        Simulated => ConnectionFactory.Simulate(Name, new SimulatorOptions
        {
            JobDelay = JobDuration,
            MachineCount = SimulatorText.Machines(Seed),
            Pace = SimulatorText.Pace(Clock),
        }),
        FromProfile => OpenProfile(Profile),
        Unsaid when Url.Length == 0 => OpenProfile(ProfileCommand.Profiles.DefaultName ?? throw NothingSaid()),
        FromVariables => Open(CloudStackConnection.FromEnvironment()),
        Keys => Open(WithKeys(ApiKey, SecretKey)),
        Login => LogIn(TwoFactorCode),
        _ => Open(new LoginQuestion(Host.UI).AskKeys(Url) is { } asked ? WithKeys(asked.ApiKey, asked.SecretKey) : throw NoCredentials()),
    };

    private CloudStackConnection WithKeys(string apiKey, SecureString secretKey) => new(Url, new ApiKeyCredentials(apiKey, Reveal(secretKey)));

    private static CloudException NothingSaid() => new(
        ErrorCause.NotConnected,
        "Nothing says where to connect to, and there is no default profile.",
        "Give -Url with -ApiKey and -SecretKey or with -Credential, or -Profile, -FromEnvironment, or -Simulator to try things out.");

    private CloudException NoCredentials() => new(
        ErrorCause.InvalidArgument,
        $"Nothing says who connects to {Url}, and nobody can be asked here.",
        "Give -ApiKey and -SecretKey, or -Credential.");

    private CloudConnection OpenProfile(string name)
    {
        var profile = ProfileCommand.Profiles.Get(name);
        Name ??= profile.Name;
        CacheTime = MyInvocation.BoundParameters.ContainsKey(nameof(CacheTime)) ? CacheTime : profile.CacheTime;
        return Open(ProfileCommand.Open(profile, InvokeCommand));
    }

    private CloudConnection LogIn(string? code)
    {
        try
        {
            return Open(new CloudStackConnection(Url, new SessionCredentials(Credential.UserName, Reveal(Credential.Password), Domain)
            {
                AskSecondFactor = (question, _) => ValueTask.FromResult(question.IsRenewal ? null : code),
            }));
        }
        catch (CloudException error) when (error.Cause == ErrorCause.SecondFactorRequired && code is null)
        {
            if (new LoginQuestion(Host.UI).AskCode() is { } asked)
            {
                return LogIn(asked);
            }

            throw;
        }
    }

    private CloudConnection Open(CloudStackConnection connection)
    {
        if (Proxy is { IsAbsoluteUri: false })
        {
            throw new CloudException(ErrorCause.InvalidArgument, "The proxy's address isn't a full one.", "Give one such as http://proxy.example.com:3128.");
        }

        var settled = Cached(connection) with { Trust = Trust(), Proxy = Proxy, AnswersAreEncoded = IsEncoded(connection), Warn = WriteWarning };
        return ConnectionFactory.OpenAsync(Name, settled, _stop.Token).GetAwaiter().GetResult();
    }

    private bool IsEncoded(CloudStackConnection connection) =>
        MyInvocation.BoundParameters.ContainsKey(nameof(EncodedAnswers)) ? EncodedAnswers : connection.AnswersAreEncoded;

    private CloudStackConnection Cached(CloudStackConnection connection) => ProfileCommand.CheckedCacheTime(CacheTime) == TimeSpan.Zero
        ? connection
        : connection with
        {
            CachesLists = true,
            Cache = new CacheSettings { ListTime = CacheTime, InfrastructureTime = CacheTime, ConfigurationTime = CacheTime },
        };

    private ServerTrust Trust() => new()
    {
        AcceptAny = SkipCertificateCheck,
        Authorities = [.. (CertificateAuthority ?? []).SelectMany(path => CertificateFile.Read(GetUnresolvedProviderPathFromPSPath(path)))],
        PinnedSha256 = CertificateThumbprint is null ? null : CertificateFile.Thumbprint(CertificateThumbprint),
    };

    private static string Reveal(SecureString secret) => new NetworkCredential("", secret).Password;
}
