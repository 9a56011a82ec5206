using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Kinds of GPU cards, and the profiles that a card can be split by; a card comes with the whole of it as a profile.</summary>
internal sealed class GpuCards : ICommandFamily
{
    public const string Class = "GpuCardResponse";
    public const string ProfileClass = "VgpuProfileResponse";
    private const string WholeCard = "passthrough";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listGpuCards", call => Listing.Of(call, Class, card => !call.IsSet("activeonly") || IsUsed(call.State, "gpucardid", card), "activeonly"));
        commands.Do("createGpuCard", Create);
        commands.Do("updateGpuCard", Update);
        commands.Do("deleteGpuCard", Delete);
        commands.Read("listVgpuProfiles", call => Listing.Of(
            call, ProfileClass, profile => !call.IsSet("activeonly") || IsUsed(call.State, "vgpuprofileid", profile), "activeonly"));
        commands.Do("createVgpuProfile", CreateProfile);
        commands.Do("updateVgpuProfile", UpdateProfile);
        commands.Do("deleteVgpuProfile", DeleteProfile);
    }

    private static bool IsUsed(CloudState state, string field, Entity entity) =>
        state.Table(GpuDevices.Class).Any(device => device.Text(field) == entity.Id);

    private static Answer Create(CommandCall call)
    {
        if (call.State.Table(Class).FirstOrDefault(c => c.Text("vendorid") == call.RequiredText("vendorid") && c.Text("deviceid") == call.RequiredText("deviceid")) is { } known)
        {
            throw ApiError.Refused($"The GPU card {known.Name} has this vendor and device id already.");
        }

        var card = call.New(Class);
        call.Apply(card, "name", "deviceid", "devicename", "vendorid", "vendorname");
        call.State.Store.Add(card);
        AddProfile(call, card, WholeCard);
        return Answer.Of(card);
    }

    private static Answer Update(CommandCall call)
    {
        var card = call.Target("id");
        call.Apply(card, "name", "devicename", "vendorname");
        return Answer.Of(card);
    }

    private static Answer Delete(CommandCall call)
    {
        var card = call.Target("id");
        if (IsUsed(call.State, "gpucardid", card))
        {
            throw ApiError.Refused($"Cannot delete the GPU card {card.Name}: hosts have devices of it.");
        }

        foreach (var profile in call.State.Table(ProfileClass).Where(p => p.Text("gpucardid") == card.Id).ToList())
        {
            DemandUnoffered(call.State, profile);
            call.State.Store.Remove(profile);
        }

        call.State.Store.Remove(card);
        return Answer.Done;
    }

    private static Answer CreateProfile(CommandCall call)
    {
        var card = call.Target("gpucardid");
        var name = call.RequiredText("name");
        DemandFree(call.State, card.Id, name);
        DemandSizes(call);
        return Answer.Of(AddProfile(call, card, name));
    }

    private static void DemandFree(CloudState state, string? cardId, string name)
    {
        if (state.Table(ProfileClass).Any(p => p.Text("gpucardid") == cardId && p.Name == name))
        {
            throw ApiError.Refused($"The GPU card already has a vGPU profile named {name}.");
        }
    }

    private static void DemandSizes(CommandCall call)
    {
        foreach (var size in (string[])["maxheads", "maxresolutionx", "maxresolutiony", "maxvgpuperphysicalgpu", "videoram"])
        {
            if (call.Number(size) is <= 0)
            {
                throw ApiError.Refused($"{size} has to be positive.");
            }
        }
    }

    private static Entity AddProfile(CommandCall call, Entity card, string name)
    {
        var profile = call.New(ProfileClass);
        profile["name"] = name;
        profile["gpucardid"] = card.Id;
        profile["gpucardname"] = card.Link("name");
        foreach (var field in (string[])["deviceid", "devicename", "vendorid", "vendorname"])
        {
            profile[field] = card.Link(field);
        }

        profile["maxvgpuperphysicalgpu"] = 1L;
        call.Apply(profile, "description", "maxheads", "maxresolutionx", "maxresolutiony", "maxvgpuperphysicalgpu", "videoram");
        call.State.Store.Add(profile);
        return profile;
    }

    private static Answer UpdateProfile(CommandCall call)
    {
        var profile = call.Target("id");
        if (call.Text("name") is { Length: > 0 } name && name != profile.Name)
        {
            DemandFree(call.State, profile.Text("gpucardid"), name);
        }

        DemandSizes(call);
        call.Apply(profile, "name", "description", "maxheads", "maxresolutionx", "maxresolutiony", "maxvgpuperphysicalgpu", "videoram");
        return Answer.Of(profile);
    }

    private static Answer DeleteProfile(CommandCall call)
    {
        var profile = call.Target("id");
        if (IsUsed(call.State, "vgpuprofileid", profile))
        {
            throw ApiError.Refused($"Cannot delete the vGPU profile {profile.Name}: hosts have devices of it.");
        }

        DemandUnoffered(call.State, profile);
        call.State.Store.Remove(profile);
        return Answer.Done;
    }

    private static void DemandUnoffered(CloudState state, Entity profile)
    {
        if (state.Table(ResultClass.ServiceOffering).FirstOrDefault(o => o.Text("vgpuprofileid") == profile.Id) is { } offering)
        {
            throw ApiError.Refused($"Cannot delete the vGPU profile {profile.Name}: the service offering {offering.Name} has it.");
        }
    }
}
