using Cloud.Core.Search;

namespace Cloud.Core.Tests.Search;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("listBerths", "list berth")]
    [InlineData("createVMSnapshot", "creat vm snapshot")]
    [InlineData("listVPCs", "list vpc")]
    [InlineData("listIpv4Subnets", "list ipv4 subnet")]
    [InlineData("Get-HbShip", "get hb ship")]
    [InlineData("list_public_addresses", "list public address")]
    [InlineData("policies policy", "polici polici")]
    [InlineData("reboot rebooted rebooting reboots", "reboot reboot reboot reboot")]
    [InlineData("stopped installing passed", "stop install pass")]
    [InlineData("the captain's can't", "the captain cant")]
    [InlineData("k8s 2FA GPUs", "k8s 2fa gpu")]
    [InlineData("status class", "status class")]
    [InlineData("", "")]
    public void Names_and_sentences_become_the_same_stems(string text, string stems) =>
        Assert.Equal(stems, string.Join(' ', SearchText.Stems(text)));

    [Theory]
    [InlineData("stop web-01", "stop")]
    [InlineData("who has 192.0.2.17", "who has")]
    [InlineData("log in to db.prod-2 now", "log in to now")]
    [InlineData("read-only disk", "read onli disk")]
    public void Names_of_objects_are_left_out_of_a_question(string question, string stems) =>
        Assert.Equal(stems, string.Join(' ', SearchText.QuestionStems(question)));
}
