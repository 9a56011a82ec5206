Describe 'The server''s own commands' {
    BeforeAll { . $PSScriptRoot/Module.ps1 }

    It 'finds nothing new on a server of the catalog''s version' {
        $synced = Sync-CsCatalog
        $synced.Listed | Should -BeGreaterThan 800
        $synced.Added | Should -BeNullOrEmpty
        $synced.Unavailable | Should -BeNullOrEmpty
    }
}
