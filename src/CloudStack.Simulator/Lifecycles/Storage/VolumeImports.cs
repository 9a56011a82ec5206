using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>Volumes that come from elsewhere or are let go: uploaded, imported, given up; and their check.</summary>
internal sealed class VolumeImports : ICommandFamily
{
    private const string LeftAttribute = "unmanagedvolumes";
    private static readonly string[] Formats = ["QCOW2", "RAW", "VHD", "OVA", "VMDK", "VHDX"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("uploadVolume", Upload);
        commands.Begin("checkVolume", Check);
        commands.Begin("unmanageVolume", Unmanage);
        commands.Read("listVolumesForImport", call => Answer.List(Left(call.Target("storageid"))
            .Where(left => call.Text("path") is not { } path || left.Path == path).Select(left => Show(call, left))));
        commands.Begin("importVolume", Import);
    }

    private static IReadOnlyList<LeftVolume> Left(Entity pool) => pool.Attribute<IReadOnlyList<LeftVolume>>(LeftAttribute) ?? [];

    private static Entity Show(CommandCall call, LeftVolume left)
    {
        var pool = call.Target("storageid");
        var shown = call.New("VolumeForImportResponse", left.Path);
        shown["name"] = left.Name;
        shown["path"] = left.Path;
        shown["fullpath"] = $"{pool.Text("path")}/{left.Path}";
        shown["format"] = "QCOW2";
        shown["size"] = left.Size / 3;
        shown["virtualsize"] = left.Size;
        shown["storageid"] = pool.Id;
        shown["storage"] = pool.Link("name");
        shown["storagetype"] = pool.Text("type");
        return shown;
    }

    private static Work Upload(CommandCall call)
    {
        var owner = call.NewOwner(LimitedResource.Volume);
        var zone = call.Target("zoneid");
        var format = call.RequiredText("format").ToUpperInvariant();
        if (!Formats.Contains(format))
        {
            throw ApiError.Refused($"The format {call.Text("format")} can't be uploaded; one of {string.Join(", ", Formats)} can.");
        }

        if (!Uri.TryCreate(call.RequiredText("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw ApiError.Refused("Please specify a valid http or https URL.");
        }

        var offering = call.Find("diskofferingid") ?? call.State.Table(ResultClass.DiskOffering).FirstOrDefault(o => o.Flag("iscustomized"))
            ?? throw ApiError.Missing(call.Command.Name, "diskofferingid");
        var gigabytes = 1L + call.State.Ids.Next(10);
        ResourceLimits.Demand(call.State, owner, LimitedResource.PrimaryStorage, gigabytes * VolumeBuilder.Gigabyte);
        var volume = VolumeBuilder.CreateData(call.State, owner, zone, offering, call.RequiredText("name"), gigabytes);
        volume["state"] = "UploadOp";
        return Work.On(volume, () => volume["state"] = "Uploaded") with
        {
            Abandon = () => VolumeBuilder.Remove(call.State, volume),
        };
    }

    private static Work Check(CommandCall call)
    {
        var volume = call.Target("id");
        if (call.Text("repair") is { Length: > 0 } repair && repair.ToUpperInvariant() is not ("LEAKS" or "ALL"))
        {
            throw ApiError.Refused($"Invalid repair {repair}; LEAKS and ALL are valid.");
        }

        return new Work(volume, () =>
        {
            var shown = volume.Copy();
            var result = new Dictionary<string, string>(StringComparer.Ordinal) { ["result"] = "No errors were found on the image." };
            shown["volumecheckresult"] = result;
            shown["volumerepairresult"] = call.Has("repair") ? result : null;
            return Answer.Of(shown);
        })
        {
            Begin = () =>
            {
                if (volume.State != VolumeBuilder.Ready || volume.Text("vmstate") == Compute.MachineState.Running)
                {
                    throw ApiError.Refused($"The volume {volume.Name} can't be checked: it isn't Ready, or its machine is running.");
                }
            },
        };
    }

    private static Work Unmanage(CommandCall call)
    {
        var volume = call.Target("id");
        return new Work(volume, () =>
        {
            var pool = call.State.Store.Find(ResultClass.StoragePool, volume.Text("storageid"))!;
            pool.SetAttribute(LeftAttribute, Left(pool).Append(new LeftVolume(volume.Name!, volume.Text("path")!, volume.Number("size"))).ToList());
            VolumeBuilder.Remove(call.State, volume);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (volume.State != VolumeBuilder.Ready || volume.Text("storageid") is null)
                {
                    throw ApiError.Refused($"The volume {volume.Name} is in state {volume.State}, not {VolumeBuilder.Ready} on primary storage.");
                }

                Volumes.DemandDisposable(volume);
            },
        };
    }

    private static Work Import(CommandCall call)
    {
        var owner = call.NewOwner(LimitedResource.Volume);
        var pool = call.Target("storageid");
        var left = Left(pool).FirstOrDefault(l => l.Path == call.RequiredText("path"))
            ?? throw ApiError.Refused($"There is no volume {call.Text("path")} to import on {pool.Name}; see listVolumesForImport.");
        var offering = call.Find("diskofferingid") ?? call.State.Table(ResultClass.DiskOffering).FirstOrDefault(o => o.Flag("iscustomized"))
            ?? throw ApiError.Missing(call.Command.Name, "diskofferingid");
        ResourceLimits.Demand(call.State, owner, LimitedResource.PrimaryStorage, left.Size);
        return new Work(null, () =>
        {
            if (!Left(pool).Contains(left))
            {
                throw ApiError.Refused($"The volume {left.Path} was imported meanwhile.");
            }

            pool.SetAttribute(LeftAttribute, Left(pool).Where(other => other != left).ToList());
            var zone = call.State.Store.Find(pool.Text("zoneid"))!;
            var volume = VolumeBuilder.CreateData(
                call.State, owner, zone, offering, call.Text("name") ?? left.Name, left.Size / VolumeBuilder.Gigabyte);
            volume["size"] = left.Size;
            VolumeBuilder.MakeReady(call.State, volume);
            return Answer.Of(volume);
        })
        {
            Queue = pool,
        };
    }

    /// <summary>A file that stayed on the storage when the cloud gave its volume up.</summary>
    private sealed record LeftVolume(string Name, string Path, long Size);
}
