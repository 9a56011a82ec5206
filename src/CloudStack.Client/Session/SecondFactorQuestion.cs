namespace CloudStack.Client;

/// <summary>What is asked where a password isn't enough.</summary>
/// <param name="UserName">Who logs in.</param>
/// <param name="Provider">Who checks the code: <c>totp</c> for an authenticator app, <c>staticpin</c> for a PIN.</param>
/// <param name="IsRenewal">True where a session of this connection has ended and another is opened: a code given once is used up.</param>
public sealed record SecondFactorQuestion(string UserName, string Provider, bool IsRenewal);
