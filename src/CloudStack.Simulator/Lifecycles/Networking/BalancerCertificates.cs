using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Which certificate a load-balancer rule shows to its clients.</summary>
internal sealed class BalancerCertificates : ICommandFamily
{
    private const string Class = "SslCertResponse";
    private const string Field = "loadbalancerrulelist";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("assignCertToLoadBalancer", Assign);
        commands.Begin("removeCertFromLoadBalancer", Remove);
    }

    /// <summary>Takes the certificate off a rule, if it has one.</summary>
    public static void Cut(CloudState state, Entity rule)
    {
        if (Of(state, rule) is { } certificate)
        {
            certificate[Field] = certificate.Texts(Field).Where(id => id != rule.Id).ToList();
        }
    }

    private static Entity? Of(CloudState state, Entity rule) =>
        state.Table(Class).FirstOrDefault(certificate => certificate.Texts(Field).Contains(rule.Id));

    private static Work Assign(CommandCall call)
    {
        var rule = LoadBalancers.RuleOf(call, "lbruleid");
        var certificate = call.Target("certid");
        if (certificate.Owner != rule.Owner)
        {
            throw ApiError.Refused($"The certificate and the load balancer rule {rule.Name} belong to different owners.");
        }

        if (rule.Text("protocol") is not ("ssl" or "tcp" or "tcp-proxy"))
        {
            throw ApiError.Refused($"A certificate can't be assigned to a rule of protocol {rule.Text("protocol")}; ssl is needed.");
        }

        return new Work(rule, () =>
        {
            Cut(call.State, rule);
            certificate[Field] = certificate.Texts(Field).Append(rule.Id).ToList();
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (Of(call.State, rule) is not null && !call.IsSet("forced"))
                {
                    throw ApiError.Refused($"The load balancer rule {rule.Name} already has a certificate; forced=true replaces it.");
                }
            },
        };
    }

    private static Work Remove(CommandCall call)
    {
        var rule = LoadBalancers.RuleOf(call, "lbruleid");
        return new Work(rule, () =>
        {
            Cut(call.State, rule);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (Of(call.State, rule) is null)
                {
                    throw ApiError.Refused($"No certificate is assigned to the load balancer rule {rule.Name}.");
                }
            },
        };
    }
}
