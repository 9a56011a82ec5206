using CloudStack.Mcp.Server.Search;

namespace CloudStack.Mcp.Tests.Search;

public sealed class WordsTests
{
    [Theory]
    [InlineData("listVirtualMachines", "list virtual machine")]
    [InlineData("createVMSnapshot", "create vm snapshot")]
    [InlineData("listVPCs", "list vpc")]
    [InlineData("listSSHKeyPairs", "list ssh key pair")]
    [InlineData("Get-CsVirtualMachine", "virtual machine")]
    [InlineData("list_public_ip_addresses", "list public ip address")]
    [InlineData("How do I resize the disks?", "resize disk")]
    [InlineData("policies", "policy")]
    [InlineData("addresses class GPUs", "address class gpu")]
    [InlineData("k8s 2FA", "k8 2 fa")]
    [InlineData("", "")]
    public void Names_and_sentences_become_the_same_words(string text, string words) => Assert.Equal(words, string.Join(' ', Words.Of(text)));
}
