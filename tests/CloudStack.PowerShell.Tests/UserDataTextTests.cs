using CloudStack.PowerShell.Binding;

namespace CloudStack.PowerShell.Tests;

/// <summary>Data for a machine's start is encoded once, whoever did it.</summary>
public sealed class UserDataTextTests
{
    [Theory]
    [InlineData("#cloud-config\npackages: [nginx]\n", "I2Nsb3VkLWNvbmZpZwpwYWNrYWdlczogW25naW54XQo=")]
    [InlineData("I2Nsb3VkLWNvbmZpZwpwYWNrYWdlczogW25naW54XQo=", "I2Nsb3VkLWNvbmZpZwpwYWNrYWdlczogW25naW54XQo=")]
    [InlineData("H4sIAAAAAAAAA0suLUnMAQDgpoTmBQAAAA==", "H4sIAAAAAAAAA0suLUnMAQDgpoTmBQAAAA==")]
    [InlineData("Zürich", "WsO8cmljaA==")]
    [InlineData("password", "cGFzc3dvcmQ=")]
    [InlineData("", "")]
    public void Text_is_encoded_and_what_is_encoded_stays(string given, string sent) => Assert.Equal(sent, UserDataText.Encode(given));
}
