using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Who may sign in by SAML, and by which identity provider. No browser is sent anywhere.</summary>
internal sealed class SamlSignIn : ICommandFamily
{
    private const string Grant = "samlentity";
    private const string Authority = "https://idp.simulator.invalid/saml";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("authorizeSamlSso", Authorize);
        commands.Read("listSamlAuthorization", List);
        commands.Read("listIdps", ListProviders);
        commands.Read("getSPMetadata", ShowMetadata);
    }

    private static Answer Authorize(CommandCall call)
    {
        var user = call.Target("userid");
        if (call.Flag("enable") != true)
        {
            user.SetAttribute(Grant, null);
            return Answer.Done;
        }

        var entity = call.RequiredText("entityid");
        if (entity != Authority)
        {
            throw ApiError.Refused($"There is no identity provider {entity}; listIdps tells them.");
        }

        user.SetAttribute(Grant, entity);
        return Answer.Done;
    }

    private static Answer List(CommandCall call)
    {
        var named = call.Find("userid");
        return Answer.List(call.State.Table(ResultClass.User)
            .Where(user => call.Caller.MaySee(user) && (named is null || user == named))
            .Select(user =>
            {
                var shown = call.New(call.Command.Result);
                shown["userid"] = user.Id;
                shown["status"] = user.Attribute<string>(Grant) is not null;
                shown["idpid"] = user.Attribute<string>(Grant);
                return shown;
            }));
    }

    private static Answer ListProviders(CommandCall call)
    {
        var provider = call.New(call.Command.Result, Authority);
        provider.TrySet("id", Authority);
        provider["orgName"] = "Simulated identity provider";
        provider["orgUrl"] = "https://idp.simulator.invalid";
        return Answer.List([provider]);
    }

    private static Answer ShowMetadata(CommandCall call)
    {
        var shown = call.New(call.Command.Result);
        shown["metadata"] = "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"org.apache.cloudstack\">"
            + "<md:SPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">"
            + "<md:AssertionConsumerService index=\"1\" Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" "
            + "Location=\"http://localhost:8080/client/api?command=samlSso\"/></md:SPSSODescriptor></md:EntityDescriptor>";
        return Answer.Of(shown);
    }
}
