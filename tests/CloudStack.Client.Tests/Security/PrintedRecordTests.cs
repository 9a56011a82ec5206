using System.Reflection;
using System.Runtime.CompilerServices;
using Cloud.Core.Security;
using CloudStack.Client.Http;
using CloudStack.Client.Wire;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Security;

/// <summary>A record prints all its members by itself, so one that holds a secret says by hand what it prints.</summary>
public sealed class PrintedRecordTests
{
    [Theory]
    [InlineData(typeof(Redaction))]
    [InlineData(typeof(CloudStackClient))]
    [InlineData(typeof(SimulatedCloud))]
    public void No_record_prints_a_member_that_is_called_like_a_secret(Type inAssembly)
    {
        var records = inAssembly.Assembly.GetTypes().Where(type =>
            type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly) is not null).ToList();

        Assert.InRange(records.Count, 10, 1000);
        Assert.Empty(records
            .Where(type => type.GetMethod(nameof(ToString), [])!.IsDefined(typeof(CompilerGeneratedAttribute)))
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.PropertyType == typeof(string) && Redaction.IsSecretName(property.Name))
                .Select(property => $"{type.Name}.{property.Name}")));
    }

    [Fact]
    public void What_is_sent_prints_its_name_alone()
    {
        var parameter = new WireParameter("password", "hunter22");
        var call = new ApiCall(Support.Sample.Catalog.FindCommand("createUser")!, new WireArguments([parameter], ["hunter22"]));

        Assert.Equal("password", parameter.ToString());
        Assert.DoesNotContain("hunter22", call.ToString() + call.Arguments, StringComparison.Ordinal);
    }
}
