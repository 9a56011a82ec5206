using Cloud.Core.Catalog;

namespace CloudStack.Client;

/// <summary>The commands that the client itself needs, independent of any catalog.</summary>
internal static class OwnCommands
{
    public static readonly CommandSpec Login = Authenticator("login", "loginresponse", AnswerShape.Flat);

    public static readonly CommandSpec Logout = Authenticator("logout", "logoutresponse", AnswerShape.Flat);

    public static readonly CommandSpec ValidateSecondFactor = Authenticator(
        "validateUserTwoFactorAuthenticationCode", "validateusertwofactorauthenticationcoderesponse", AnswerShape.Success);

    public static readonly CommandSpec QueryJob = Read("queryAsyncJobResult", "queryasyncjobresultresponse", AnswerShape.Flat);

    public static readonly CommandSpec ListCapabilities = Read("listCapabilities", "listcapabilitiesresponse", AnswerShape.Single);

    private static CommandSpec Authenticator(string name, string outer, AnswerShape shape) =>
        Read(name, outer, shape) with { Effect = new EffectSpec { Effect = Effect.Change }, IsAuthenticator = true, Mutates = true };

    private static CommandSpec Read(string name, string outer, AnswerShape shape) => new()
    {
        Name = name,
        Category = "",
        Effect = new EffectSpec { Effect = Effect.Read },
        Envelope = new EnvelopeSpec(outer, null, shape),
        Result = "",
    };
}
