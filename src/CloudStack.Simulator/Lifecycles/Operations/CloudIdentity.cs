using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary><c>getCloudIdentifier</c>: who the cloud is, signed with a user's secret key.</summary>
internal sealed class CloudIdentity : ICommandFamily
{
    private const string Identifier = "cloudidentifier";

    public void Register(CommandTable commands, CloudState state) => commands.Read("getCloudIdentifier", Show);

    public static void Plant(CloudState state) => Server(state).SetAttribute(Identifier, state.Ids.NextId());

    private static Answer Show(CommandCall call)
    {
        var user = call.Target("userid");
        var identifier = Server(call.State).Attribute<string>(Identifier)!;
        var answer = call.New(call.Command.Result);
        answer["userid"] = user.Id;
        answer["cloudidentifier"] = identifier;
        // A user without keys gets no signature, and no error either.
        answer["signature"] = user.Attribute<string>(AttributeNames.SecretKey) is { } secret ? SignatureRule.Sign(identifier, secret) : "";
        return Answer.Of(answer);
    }

    private static Entity Server(CloudState state) => state.Table("ManagementServerResponse").First();
}
