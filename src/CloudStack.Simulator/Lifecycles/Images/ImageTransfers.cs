using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>Templates, ISOs and volumes offered for download, and announced for upload; the files travel beside the API.</summary>
internal sealed class ImageTransfers : ICommandFamily
{
    private static readonly TimeSpan Welcome = TimeSpan.FromMinutes(60);

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("extractTemplate", call => Extract(call, isVolume: false));
        commands.Begin("extractIso", call => Extract(call, isVolume: false));
        commands.Begin("extractVolume", call => Extract(call, isVolume: true));
        commands.Do("getUploadParamsForTemplate", call => ExpectImage(call, Upper(call.RequiredText("format"))));
        commands.Do("getUploadParamsForIso", call => ExpectImage(call, TemplateBuilder.Iso));
        commands.Do("getUploadParamsForVolume", ExpectVolume);
    }

    private static Work Extract(CommandCall call, bool isVolume)
    {
        var image = call.Target("id");
        return new Work(image, () => Offer(call, image))
        {
            Begin = () =>
            {
                if (call.Text("mode") != "HTTP_DOWNLOAD")
                {
                    throw ApiError.Refused("Please specify a valid extract mode; the simulator offers HTTP_DOWNLOAD.");
                }

                if (!image.Flag("isextractable") && !call.Caller.IsRoot)
                {
                    throw ApiError.NotPermitted($"{image.Name} isn't extractable.");
                }

                if (isVolume && image.Text("vmstate") == MachineState.Running)
                {
                    throw ApiError.Refused($"Invalid state of the volume {image.Name}: its virtual machine {image.Text("vmname")} isn't stopped.");
                }

                if (!isVolume && !image.Flag("isready"))
                {
                    throw ApiError.Refused($"{image.Name} isn't downloaded yet.");
                }
            },
        };
    }

    public static Answer Offer(CommandCall call, Entity image)
    {
        var offer = call.New("ExtractResponse", image.Id);
        offer["name"] = image.Name;
        offer["extractMode"] = "HTTP_DOWNLOAD";
        offer["state"] = "DOWNLOAD_URL_CREATED";
        offer["created"] = call.State.Clock.GetUtcNow();
        offer["zoneid"] = image.Text("zoneid");
        offer["zonename"] = image.Text("zonename");
        offer["url"] = call.State.Files.Offer(image, Lower(image.Class.Has("format") ? image.Text("format") ?? "img" : "qcow2")).AbsoluteUri;
        return Answer.Of(offer);
    }

    private static Answer ExpectImage(CommandCall call, string format)
    {
        var image = TemplateBuilder.Create(call.State, call.NewOwner(LimitedResource.Template), call.Target("zoneid"), new NewTemplate(
            call.RequiredText("name"), call.Text("displaytext") ?? call.RequiredText("name"), format)
        {
            Hypervisor = call.Text("hypervisor"),
            OsType = call.Find("ostypeid"),
        });
        call.Apply(
            image, "isextractable", "ispublic", "bootable", "checksum", "arch", "passwordenabled", "sshkeyenabled", "requireshvm",
            "isdynamicallyscalable", "templatetag", "deployasis");
        image["status"] = "Not uploaded";
        return Expect(call, image, bytes => TemplateBuilder.MakeReady(image, bytes));
    }

    private static Answer ExpectVolume(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var volume = call.Create(ResultClass.Volume, call.NewOwner(LimitedResource.Volume));
        volume["name"] = call.RequiredText("name");
        volume["type"] = "DATADISK";
        volume["zoneid"] = zone.Id;
        volume["zonename"] = zone.Link("name");
        volume["isextractable"] = true;
        volume["state"] = "NotUploaded";
        return Expect(call, volume, bytes =>
        {
            volume["size"] = bytes;
            volume["state"] = "Uploaded";
        });
    }

    private static Answer Expect(CommandCall call, Entity image, Action<long> arrived)
    {
        var (url, file) = call.State.Files.Expect(image, arrived);
        var answer = call.New("GetUploadParamsResponse", image.Id);
        answer["postURL"] = url.AbsoluteUri;
        answer["metadata"] = file.Metadata;
        answer["signature"] = file.Signature;
        answer["expires"] = (call.State.Clock.GetUtcNow() + Welcome).ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture);
        return Answer.Of(answer);
    }

    private static string Upper(string format) => format.ToUpperInvariant();

#pragma warning disable CA1308 // File extensions are in lower case.
    private static string Lower(string format) => format.ToLowerInvariant();
#pragma warning restore CA1308
}
