using Cloud.Core.Catalog;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Accounting;
using CloudStack.Simulator.Lifecycles.Certificates;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Lifecycles.Notices;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Commands;

/// <summary>The parts of one simulated cloud, for everything that works on it.</summary>
internal sealed class CloudState
{
    private CertificateAuthority? _authority;

    public CloudState(CommandCatalog catalog, SimulatorOptions options, SimulatorFaults faults)
    {
        Catalog = catalog;
        Options = options;
        Faults = faults;
        Schema = new Schema(catalog);
        Store = new CloudStore(Schema);
        Clock = new SimulatorClock(options.Clock, options.Pace);
        Ids = new IdSource(options.Seed);
        Timeline = new Timeline(Clock, Ids);
        Fates = new JobFates(options, faults);
        Keys = new KeyRing(Ids);
        Throttle = new Throttle(options.ApiLimit, options.Clock);
        Sessions = new Sessions(options.Clock, Ids);
        Events = new EventLog(this);
        Jobs = new JobQueue(this);
        Commands = new CommandTable(catalog);
        Files = new ImageFiles(Ids);
        Amounts = new OwnedAmounts(this);
        Usage = new UsageMeter(this);
        Store.Added = Usage.Began;
        Store.Removing = Usage.Ended;
    }

    public CommandCatalog Catalog { get; }

    public SimulatorOptions Options { get; }

    public SimulatorFaults Faults { get; }

    public Schema Schema { get; }

    public CloudStore Store { get; }

    public IdSource Ids { get; }

    public KeyRing Keys { get; }

    public Sessions Sessions { get; }

    public Throttle Throttle { get; }

    public EventLog Events { get; }

    public JobQueue Jobs { get; }

    public JobFates Fates { get; }

    public Timeline Timeline { get; }

    public CommandTable Commands { get; }

    /// <summary>How much each account and project has.</summary>
    public OwnedAmounts Amounts { get; }

    /// <summary>How long everything metered was there.</summary>
    public UsageMeter Usage { get; }

    /// <summary>Signs the cloud's own certificates.</summary>
    public CertificateAuthority Authority => _authority ??= new CertificateAuthority(
        Options.Seed, (DateTimeOffset)Table(ResultClass.Domain).First()["created"]!);

    /// <summary>Tells webhooks of events.</summary>
    public WebhookDeliverer Deliverer { get; } = new();

    public ImageFiles Files { get; }

    /// <summary>The cloud's time; signatures and sessions keep to the real one, <see cref="SimulatorOptions.Clock"/>.</summary>
    public SimulatorClock Clock { get; }

    public EntityTable Table(string className) => Store.Table(className);

    /// <summary>Makes an object that isn't part of the cloud yet.</summary>
    public Entity New(string className, string? id = null) => new(Schema.Of(className), id ?? Ids.NextId());
}
