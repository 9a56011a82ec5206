using System.Net;
using System.Text;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary><c>login</c> and <c>logout</c> (protocol note, sections 3.1 and 3.2), which need no signature and no session.</summary>
internal sealed class LoginCommands(CloudState state, CommandRunner runner)
{
    private readonly Envelope _envelope = new(state.Schema);

    public static bool Has(string command) => command is "login" or "logout";

    public SimulatedResponse Answer(Exchange exchange) =>
        exchange.Command!.Name == "login" ? LogIn(exchange) : LogOut(exchange);

    private SimulatedResponse LogIn(Exchange exchange)
    {
        if (exchange.Request.Method != "POST")
        {
            // The server answers bare text here, whatever the content type says.
            return SimulatedResponse.Of(
                405, SimulatedResponse.JsonType, Encoding.UTF8.GetBytes("Please use HTTP POST to authenticate using this API"));
        }

        if (state.Sessions.Find(exchange.Request) is { } former)
        {
            state.Sessions.Close(former);
        }

        var parameters = exchange.Parameters!;
        var user = runner.Reading(() => FindUser(parameters, exchange.Request.ClientAddress));
        var session = state.Sessions.Open(user);
        session.IsProven = !runner.Reading(() => SecondFactor.IsNeeded(state, user));
        exchange.Caller = new Caller(user);
        var answer = runner.Reading(() => Describe(exchange.Caller, session));
        return SimulatedResponse
            .Of(200, SimulatedResponse.JsonType, _envelope.Write(exchange.Command!, Answers.Answer.Of(answer), Paging.Everything))
            .With("Set-Cookie", $"{Sessions.CookieName}={session.Cookie}; Path=/client; HttpOnly; SameSite=Lax")
            .With("Set-Cookie", $"{Sessions.KeyName}={session.Key}; Path=/client/api; HttpOnly; SameSite=Lax");
    }

    private SimulatedResponse LogOut(Exchange exchange)
    {
        if (state.Sessions.Find(exchange.Request) is not { } session)
        {
            throw new ApiError(ApiError.Parameter, "Session not found for the logout process.", null);
        }

        exchange.Caller = runner.Reading(() => state.Sessions.Verify(session, exchange.Request, exchange.Parameters!));
        state.Sessions.Close(session);
        var answer = state.New(exchange.Command!.Result);
        answer["description"] = "success";
        return SimulatedResponse
            .Of(200, SimulatedResponse.JsonType, _envelope.Write(exchange.Command, Answers.Answer.Of(answer), Paging.Everything))
            .With("Set-Cookie", $"{Sessions.CookieName}=; Path=/client; Max-Age=0")
            .With("Set-Cookie", $"{Sessions.KeyName}=; Path=/client/api; Max-Age=0");
    }

    private Entity FindUser(RequestParameters parameters, IPAddress from)
    {
        var name = parameters.AnyCase("username");
        var password = parameters.AnyCase("password");
        var domain = FindDomain(parameters);
        var user = state.Table(ResultClass.User).FirstOrDefault(u =>
            u.Text("username") == name && domain is not null && u.Owner!.Domain == domain);
        var isRight = user is not null && password is not null && SignatureCheck.IsEnabled(user)
            && SignatureRule.Matches(user.Attribute<string>(AttributeNames.Password) ?? "", password)
            && SourceAddresses.Allow(state, new Caller(user), from);
        return isRight ? user! : throw new ApiError(
            ApiError.AccountFault,
            $"Failed to authenticate user {name} in domain {domain?.Name ?? parameters.AnyCase("domain")}; please provide valid credentials",
            null);
    }

    private Entity? FindDomain(RequestParameters parameters)
    {
        if (parameters.AnyCase("domainid") is { Length: > 0 } id)
        {
            return state.Store.Find(ResultClass.Domain, id) ?? throw new ApiError(
                ApiError.Unauthorized, "Invalid domain id entered, please enter a valid one", null);
        }

        var path = (parameters.AnyCase("domain") ?? "").Trim('/');
        var wanted = path.Length == 0 || path == "ROOT" ? "ROOT" : path.StartsWith("ROOT/", StringComparison.Ordinal) ? path : "ROOT/" + path;
        return state.Table(ResultClass.Domain).FirstOrDefault(d => d.Text("path") == wanted);
    }

    private Entity Describe(Caller caller, Session session)
    {
        var answer = state.New("LoginCmdResponse");
        answer["username"] = caller.User.Text("username");
        answer["userid"] = caller.User.Id;
        answer["domainid"] = caller.Domain.Id;
        answer["timeout"] = (long)Sessions.IdleLimit.TotalSeconds;
        answer["account"] = caller.Account.Name;
        answer["firstname"] = caller.User.Text("firstname");
        answer["lastname"] = caller.User.Text("lastname");
        answer["type"] = caller.Account.Text("accounttype");
        answer["timezone"] = caller.User.Text("timezone");
        answer["timezoneoffset"] = "0.0";
        answer["registered"] = "false";
        answer["sessionkey"] = session.Key;
        answer["is2faenabled"] = session.IsProven ? "false" : "true";
        answer["is2faverified"] = session.IsProven ? "true" : "false";
        answer["providerfor2fa"] = SecondFactor.Of(caller.User)?.Provider;
        answer["issuerfor2fa"] = Configurations.ValueOf(state, "user.2fa.issuer", caller.Domain);
        return answer;
    }
}
