using System.Text.RegularExpressions;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;

namespace CloudStack.Simulator.Protocol;

/// <summary>Lets a request in: method, login or logout, session or signature, role. Then the command is carried out.</summary>
internal sealed partial class RequestGate(CloudState state, CommandRunner runner)
{
    private static readonly HashSet<string> ReadsByOtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "isaccountallowedtocreateofferingswithtags", "readyforshutdown", "cloudianisenabled", "quotabalance", "quotasummary",
        "quotatarifflist", "quotaisenabled", "quotastatement", "verifyoauthcodeandgetuser",
    };

    private const string PostSetting = "enforce.post.requests.and.timestamps";

    private readonly LoginCommands _login = new(state, runner);
    private readonly SignatureCheck _signature = new(state);
    private readonly SecondFactorCheck _secondFactor = new(state);
    private readonly Envelope _envelope = new(state.Schema);

    /// <exception cref="ApiError">The request isn't let in, or the command is refused.</exception>
    public SimulatedResponse Answer(Exchange exchange)
    {
        var request = exchange.Request;
        if (request.Method is not ("GET" or "POST"))
        {
            throw new ContainerError(405, "Method Not Allowed");
        }

        DemandPost(exchange);
        if (exchange.Command is { } command && LoginCommands.Has(command.Name))
        {
            return _login.Answer(exchange);
        }

        var session = state.Sessions.Find(request);
        if (session is not null && exchange.Parameters!.Exact("command") == SecondFactorCheck.Command)
        {
            return TakeCode(session, exchange);
        }

        exchange.Caller = session is not null
            ? EnterBySession(session, exchange)
            : runner.Reading(() => _signature.Verify(exchange.Command, exchange.Parameters!, request.ClientAddress));
        return SimulatedResponse.OfPooled(200, SimulatedResponse.JsonType, runner.Run(exchange));
    }

    private SimulatedResponse TakeCode(Session session, Exchange exchange)
    {
        exchange.Caller = runner.Reading(() => state.Sessions.Verify(session, exchange.Request, exchange.Parameters!));
        var answer = runner.Prove(session.User, () => _secondFactor.Take(session, exchange.Parameters!));
        return SimulatedResponse.Of(
            200, SimulatedResponse.JsonType, _envelope.Write(exchange.Command!, answer, Paging.Everything));
    }

    private Caller EnterBySession(Session session, Exchange exchange)
    {
        var caller = runner.Reading(() => state.Sessions.Verify(session, exchange.Request, exchange.Parameters!));
        runner.Reading(() =>
        {
            _secondFactor.Demand(session, exchange.Command?.Name);
            return true;
        });
        if (!runner.Reading(() => SourceAddresses.Allow(state, caller, exchange.Request.ClientAddress)))
        {
            state.Sessions.Close(session);
            throw ApiError.NotVerified();
        }

        if (exchange.Command is not { } command)
        {
            throw new ApiError(ApiError.Unsupported, $"Unknown API command: {exchange.Parameters!.Exact("command")}");
        }

        runner.Reading(() =>
        {
            CommandAccess.Demand(caller, command);
            state.Throttle.Count(caller);
            return true;
        });
        return caller;
    }

    private void DemandPost(Exchange exchange)
    {
        if (!state.Options.EnforcePost || exchange.Request.Method == "POST"
            || exchange.Parameters!.Exact("command") is not { } name
            || ReadingName().IsMatch(name) || ReadsByOtherNames.Contains(name))
        {
            return;
        }

        if (!string.Equals(name, "updateConfiguration", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiError(400, $"State changing command {name} needs to be sent using POST request");
        }

        // So that an administrator whom the setting locked out can take it back.
        var setting = exchange.Parameters.AnyCase("name");
        if (setting != PostSetting)
        {
            throw new ApiError(400, $"Changes for configuration {setting} needs to be sent using POST request");
        }
    }

    [GeneratedRegex(@"^(get|list|query|find)\w+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReadingName();
}
