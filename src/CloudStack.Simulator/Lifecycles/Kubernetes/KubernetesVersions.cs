using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>Versions of Kubernetes that clusters can have, each with the ISO that its nodes are set up from.</summary>
internal sealed class KubernetesVersions : ICommandFamily
{
    public const string Class = "KubernetesSupportedVersionResponse";
    public const string Enabled = "Enabled";
    private const long FewestCpus = 2;
    private const long LeastMegabytes = 2048;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listKubernetesSupportedVersions", List);
        commands.Do("addKubernetesSupportedVersion", Add);
        commands.Do("getUploadParamsForKubernetesSupportedVersion", AwaitUpload);
        commands.Do("updateKubernetesSupportedVersion", Update);
        commands.Begin("deleteKubernetesSupportedVersion", Delete);
    }

    public static SemanticVersion NumberOf(Entity version) => SemanticVersion.Parse(version.Text("semanticversion")!);

    /// <summary>A version that a cluster of a zone can have now.</summary>
    /// <exception cref="ApiError">It's disabled, for another zone, or its ISO isn't there yet.</exception>
    public static void DemandUsable(CloudState state, Entity version, Entity zone)
    {
        if (version.State != Enabled)
        {
            throw ApiError.Refused($"Kubernetes version {version.Name} is in state {version.State}.");
        }

        if (version.Text("zoneid") is { } home && home != zone.Id)
        {
            throw ApiError.Refused($"Kubernetes version {version.Name} isn't available in zone {zone.Name}.");
        }

        if (state.Store.Find(version.Text("isoid"))?.Flag("isready") != true)
        {
            throw ApiError.Refused($"The ISO of Kubernetes version {version.Name} isn't ready.");
        }
    }

    /// <summary>Makes a version of an ISO; everything was checked before.</summary>
    public static Entity Create(CloudState state, SemanticVersion number, string name, Entity iso, Entity? zone)
    {
        var version = state.New(Class);
        version["name"] = name;
        version["semanticversion"] = number.ToString();
        version["isoid"] = iso.Id;
        version["isoname"] = iso.Link("name");
        version["isostate"] = new IsoState(iso);
        version["isourl"] = iso.Text("url");
        version["state"] = Enabled;
        version["created"] = state.Clock.GetUtcNow();
        version["arch"] = iso.Text("arch");
        version["directdownload"] = iso.Flag("directdownload");
        version["supportsha"] = number.SupportsSeveralControlNodes;
        version["supportsautoscaling"] = number.SupportsAutoscaling;
        version["zoneid"] = zone?.Id;
        version["zonename"] = zone?.Link("name");
        version["mincpunumber"] = FewestCpus;
        version["minmemory"] = LeastMegabytes;
        state.Store.Add(version);
        return version;
    }

    private static Answer List(CommandCall call)
    {
        var least = call.Text("minimumsemanticversion") is { Length: > 0 } text
            ? SemanticVersion.Parse(text)
            : call.Find("minimumkubernetesversionid") is { } other ? NumberOf(other) : null;
        return Answer.List(Listing.Filter(
            call, call.State.Table(Class), _ => true, version => least is null || NumberOf(version).CompareTo(least) >= 0));
    }

    private static Answer Add(CommandCall call)
    {
        var url = call.RequiredText("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            throw ApiError.Refused($"The URL {url} of the version's ISO isn't an absolute http or https address.");
        }

        var version = Create(call);
        var iso = call.State.Store.Find(version.Text("isoid"))!;
        iso["url"] = version["isourl"] = url;
        Templates.Download(call.State, iso);
        return Answer.Of(version);
    }

    // The file would come by a form of the user interface; until then the version can't be used.
    private static Answer AwaitUpload(CommandCall call) => Answer.Of(Create(call));

    private static Entity Create(CommandCall call)
    {
        var number = SemanticVersion.Parse(call.RequiredText("semanticversion"));
        if (number.CompareTo(SemanticVersion.Oldest) < 0)
        {
            throw ApiError.Refused($"New supported Kubernetes versions can't be older than {SemanticVersion.Oldest}.");
        }

        DemandAtLeast(call, "mincpunumber", FewestCpus);
        DemandAtLeast(call, "minmemory", LeastMegabytes);
        var zone = call.Find("zoneid");
        var name = call.Text("name") is { Length: > 0 } given ? given : $"v{number}";
        var iso = TemplateBuilder.Create(
            call.State, call.Caller.Owner, zone, new NewTemplate($"{name}-Kubernetes-Binaries-ISO", $"{name} binaries", TemplateBuilder.Iso));
        iso["ispublic"] = true;
        call.Apply(iso, "checksum", "directdownload", "arch");
        var version = Create(call.State, number, name, iso, zone);
        call.Apply(version, "mincpunumber", "minmemory");
        return version;
    }

    private static void DemandAtLeast(CommandCall call, string parameter, long least)
    {
        if (call.Number(parameter) is { } number && number < least)
        {
            throw ApiError.Refused($"Invalid value {number} for {parameter}: a node needs at least {least}.");
        }
    }

    private static Answer Update(CommandCall call)
    {
        var version = call.Target("id");
        var wanted = call.RequiredText("state");
        version["state"] = wanted is Enabled or "Disabled"
            ? wanted
            : throw ApiError.Refused($"Invalid value {call.Text("state")} for state: it's Enabled or Disabled.");
        return Answer.Of(version);
    }

    private static Work Delete(CommandCall call)
    {
        var version = call.Target("id");
        return new Work(version, () =>
        {
            if (call.State.Store.Find(version.Text("isoid")) is { } iso)
            {
                call.State.Store.Remove(iso);
            }

            call.State.Store.Remove(version);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (call.State.Table(KubernetesClusters.Class).FirstOrDefault(c => c.Text("kubernetesversionid") == version.Id) is { } cluster)
                {
                    throw ApiError.Refused($"Unable to delete Kubernetes version {version.Name}: the cluster {cluster.Name} uses it.");
                }
            },
        };
    }

    private sealed class IsoState(Entity iso) : FieldSource
    {
        public override object? Read() => iso.Flag("isready") ? "Ready" : "Creating";
    }
}
