using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Offerings;

/// <summary>Makes offerings; everything was checked before.</summary>
internal static class OfferingBuilder
{
    /// <summary>Makes a service offering; without CPUs or memory the caller of a deployment chooses them.</summary>
    public static Entity CreateService(CloudState state, string name, string text, long? cpus, long? megahertz, long? megabytes)
    {
        var offering = New(state, ResultClass.ServiceOffering, name, text);
        offering["cpunumber"] = cpus;
        offering["cpuspeed"] = megahertz;
        offering["memory"] = megabytes;
        offering["iscustomized"] = cpus is null || megabytes is null;
        offering["issystem"] = false;
        offering["defaultuse"] = false;
        offering["offerha"] = false;
        offering["limitcpuuse"] = false;
        offering["isvolatile"] = false;
        offering["dynamicscalingenabled"] = true;
        offering["storagetype"] = "shared";
        offering["provisioningtype"] = "thin";
        offering["state"] = "Active";
        return offering;
    }

    /// <summary>Gives the machines of a service offering GPUs.</summary>
    public static void SetGpu(CloudState state, Entity offering, Entity profile, long count)
    {
        offering["vgpuprofileid"] = profile.Id;
        offering["vgpuprofilename"] = profile.Link("name");
        offering["gpucardid"] = profile.Text("gpucardid");
        offering["gpucardname"] = profile.Link("gpucardname");
        offering["gpucount"] = count;
    }

    /// <summary>Makes a disk offering; without a size the caller of a creation chooses it.</summary>
    public static Entity CreateDisk(CloudState state, string name, string text, long? gigabytes)
    {
        var offering = New(state, ResultClass.DiskOffering, name, text);
        offering["disksize"] = gigabytes ?? 0;
        offering["iscustomized"] = gigabytes is null;
        offering["iscustomizediops"] = false;
        offering["displayoffering"] = true;
        offering["storagetype"] = "shared";
        offering["provisioningtype"] = "thin";
        offering["encrypt"] = false;
        offering["state"] = "Active";
        return offering;
    }

    public static Entity CreateNetwork(
        CloudState state, string name, string text, string guestType, IReadOnlyList<string> services, string availability)
    {
        var offering = New(state, ResultClass.NetworkOffering, name, text);
        offering["guestiptype"] = guestType;
        offering["traffictype"] = "Guest";
        offering["availability"] = availability;
        offering["isdefault"] = availability == "Required";
        offering["conservemode"] = true;
        offering["forvpc"] = false;
        offering["specifyvlan"] = guestType == "Shared";
        offering["specifyipranges"] = guestType == "Shared";
        offering["ispersistent"] = false;
        offering["egressdefaultpolicy"] = true;
        offering["networkrate"] = 200;
        offering["state"] = "Enabled";
        offering["service"] = services.Select(service => Service(state, service)).ToList();
        return offering;
    }

    /// <summary>A service as offerings list it, with who provides it.</summary>
    public static Entity Service(CloudState state, string name, string providerName = "VirtualRouter")
    {
        var service = state.New("ServiceResponse");
        service["name"] = name;
        var provider = state.New("ProviderResponse");
        provider["name"] = providerName;
        service["provider"] = new List<Entity> { provider };
        return service;
    }

    private static Entity New(CloudState state, string className, string name, string text)
    {
        var offering = state.New(className);
        offering["name"] = name;
        offering["displaytext"] = text;
        offering["created"] = state.Clock.GetUtcNow();
        state.Store.Add(offering);
        return offering;
    }
}
