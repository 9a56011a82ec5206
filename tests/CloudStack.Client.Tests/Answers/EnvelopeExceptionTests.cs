using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Answers;

/// <summary>Protocol note, section 4.1: each command whose answer's root isn't called after it.</summary>
[Trait("Protocol", "4.1")]
public sealed class EnvelopeExceptionTests
{
    // Those an administrator meets, copied from the note, so that the catalog is checked too.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["restoreVirtualMachine"] = "restorevmresponse",
        ["resetSSHKeyForVirtualMachine"] = "resetSSHKeyforvirtualmachineresponse",
        ["updateVMAffinityGroup"] = "updatevirtualmachineresponse",
        ["addIpToNic"] = "addiptovmnicresponse",
        ["activateProject"] = "activaterojectresponse",
        ["archiveSnapshot"] = "createsnapshotresponse",
        ["checkVolume"] = "checkandrepairvolumeresponse",
        ["cancelStorageMaintenance"] = "cancelprimarystoragemaintenanceresponse",
        ["enableStorageMaintenance"] = "prepareprimarystorageformaintenanceresponse",
        ["updateNetworkACLItem"] = "createnetworkaclresponse",
        ["moveNetworkAclItem"] = "moveNetworkAclItemResponse",
        ["createAutoScalePolicy"] = "autoscalepolicyresponse",
        ["createAutoScaleVmGroup"] = "autoscalevmgroupresponse",
        ["createAutoScaleVmProfile"] = "autoscalevmprofileresponse",
        ["createCondition"] = "conditionresponse",
        ["createCounter"] = "counterresponse",
        ["listCounters"] = "counterresponse",
        ["enableAutoScaleVmGroup"] = "enableautoscalevmGroupresponse",
        ["disableAutoScaleVmGroup"] = "disableautoscalevmGroupresponse",
        ["getUploadParamsForVolume"] = "postuploadvolumeresponse",
        ["getUploadParamsForTemplate"] = "postuploadtemplateresponse",
        ["getUploadParamsForIso"] = "postuploadisoresponse",
        ["scaleSystemVm"] = "changeserviceforsystemvmresponse",
        ["deletePortableIpRange"] = "deleteportablepublicipresponse",
        ["listPortableIpRanges"] = "listportableipresponse",
        ["removeFromGlobalLoadBalancerRule"] = "removefromloadbalancerruleresponse",
        ["deleteLBStickinessPolicy"] = "deleteLBstickinessrruleresponse",
        ["createLBStickinessPolicy"] = "createLBStickinessPolicy",
        ["updateImageStore"] = "updateImageStore",
        ["updateObjectStoragePool"] = "updateObjectStoragePool",
        ["listNetworkDevice"] = "listnetworkdevice",
        ["acquirePodIpAddress"] = "acquirepodipaddress",
        ["listInternalLoadBalancerVMs"] = "listinternallbvmsresponse",
        ["startInternalLoadBalancerVM"] = "startinternallbvmresponse",
        ["stopInternalLoadBalancerVM"] = "stopinternallbvmresponse",
        ["listSecondaryStagingStores"] = "listsecondarystagingstoreresponse",
        ["addImageStoreS3"] = "addImageStoreS3Response",
        ["listSamlAuthorization"] = "listsamlauthorizationsresponse",
        ["listLdapConfigurations"] = "ldapconfigurationresponse",
        ["addLdapConfiguration"] = "ldapconfigurationresponse",
        ["deleteLdapConfiguration"] = "ldapconfigurationresponse",
        ["listLdapUsers"] = "ldapuserresponse",
        ["searchLdap"] = "ldapuserresponse",
        ["importLdapUsers"] = "ldapuserresponse",
        ["ldapCreateAccount"] = "createaccountresponse",
        ["samlSso"] = "loginresponse",
        ["samlSlo"] = "logoutresponse",
    };

    private static readonly CommandSpec[] Exceptions =
        [.. Sample.Catalog.Commands.Where(command => command.Envelope.Outer != $"{command.Name.ToLowerInvariant()}response")];

    public static TheoryData<string> Commands => [.. Exceptions.Select(command => command.Name)];

    [Fact]
    public void There_are_ninety_five() => Assert.Equal(95, Exceptions.Length);

    [Fact]
    public void The_catalog_has_those_of_the_note() =>
        Assert.All(Known, pair => Assert.Equal(pair.Value, Sample.Catalog.FindCommand(pair.Key)?.Envelope.Outer));

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Its_answer_is_read_for_what_it_is(string name)
    {
        var spec = Sample.Catalog.FindCommand(name)!;
        var server = new ScriptedServer().Then($$$"""{"{{{spec.Envelope.Outer}}}":{{{Content(spec)}}}}""");

        var reply = await Sample.Provider(server).SendAsync(Sample.Command(name), CancellationToken.None);

        if (spec.IsAsync)
        {
            Assert.Equal(("j-1", spec.CreatesEntity ? "x-1" : null), (reply.JobId, reply.EntityId));
        }
        else if (spec.Envelope.Shape == AnswerShape.Success)
        {
            Assert.Equal("done", reply.Text);
        }
        else
        {
            Assert.Equal("x-1", Assert.Single(reply.Objects).GetText("id"));
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Its_error_is_read_for_what_it_is(string name)
    {
        var spec = Sample.Catalog.FindCommand(name)!;
        var server = new ScriptedServer().Then($$$"""{"{{{spec.Envelope.Outer}}}":{"uuidList":[],"errorcode":536,"cserrorcode":4375,"errortext":"in use"}}""", 536);

        var error = await Assert.ThrowsAsync<CloudException>(() => Sample.Provider(server).SendAsync(Sample.Command(name), CancellationToken.None));

        Assert.Equal((ErrorCause.Conflict, "in use", name), (error.Cause, error.ServerText, error.Command));
    }

    private static string Content(CommandSpec spec)
    {
        if (spec.IsAsync)
        {
            return spec.CreatesEntity ? """{"id":"x-1","jobid":"j-1"}""" : """{"jobid":"j-1"}""";
        }

        return spec.Envelope.Shape switch
        {
            AnswerShape.Success => """{"success":true,"displaytext":"done"}""",
            AnswerShape.Flat => """{"id":"x-1"}""",
            AnswerShape.List => $$"""{"count":1,"{{spec.Envelope.Inner}}":[{"id":"x-1"}]}""",
            _ => $$$"""{"{{{spec.Envelope.Inner ?? "null"}}}":{"id":"x-1"}}""",
        };
    }
}
