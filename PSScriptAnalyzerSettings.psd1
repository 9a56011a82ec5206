@{
    # What is off is off for a reason; everything else that the analyzer has is on.
    ExcludeRules = @(
        # Pester runs its blocks in scopes of their own, where what BeforeAll sets is used.
        'PSUseDeclaredVarsMoreThanAssignments'
        # Parameters that a script block or a function inside uses count as unused.
        'PSReviewUnusedParameter'
        # Functions that tests and runbooks define for themselves ask nobody; the module's own cmdlets do.
        'PSUseShouldProcessForStateChangingFunctions'
        # build.ps1 hands words on to dotnet as they are.
        'PSAvoidUsingPositionalParameters'
        # A file of a few words in UTF-8 needs no mark in front.
        'PSUseBOMForUnicodeEncodedFile'
        # The tests' secrets open a simulated cloud and nothing else.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
    )
}
