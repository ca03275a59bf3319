# Reads the settings of Exchange Online that Microsoft Graph does not tell, and
# writes them to one JSON file for: legacyauth check --exchange FILE
#
#   Who:  Global Reader, or the role group View-Only Organization Management.
#   With: Install-Module ExchangeOnlineManagement -Scope CurrentUser
#   Run:  pwsh -File read-exchange.ps1
#
# Every command that asks the tenant begins with Get: nothing is changed. The
# file holds the addresses of all mailboxes: keep it like any list of people. A
# tenant with many mailboxes takes a while.
param([string]$Path = 'legacyauth-exchange.json')
& {
    if (-not $Path) { $Path = 'legacyauth-exchange.json' }
    if (-not (Get-ConnectionInformation | Where-Object { $_.State -eq 'Connected' })) {
        Connect-ExchangeOnline -ShowBanner:$false
    }

    $all = [ordered]@{
        format    = 'legacyauth-exchange/1'
        collected = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
    }
    # What cannot be read is named with its reason, and the rest still counts.
    $failed = [ordered]@{}
    function Read-One([string]$Name, [scriptblock]$Read) {
        try { $all[$Name] = & $Read } catch { $failed[$Name] = "$($_.Exception.Message)" }
    }
    function Read-List([string]$Name, [scriptblock]$Read) {
        try { $all[$Name] = @(& $Read) } catch { $failed[$Name] = "$($_.Exception.Message)" }
    }

    Read-One 'organization' {
        $o = Get-OrganizationConfig -ErrorAction Stop
        [ordered]@{
            Name                        = "$($o.Name)"
            DefaultAuthenticationPolicy = "$($o.DefaultAuthenticationPolicy)"
            OAuth2ClientProfileEnabled  = $o.OAuth2ClientProfileEnabled
            RejectDirectSend            = $o.RejectDirectSend
            EwsEnabled                  = $o.EwsEnabled
            EwsApplicationAccessPolicy  = "$($o.EwsApplicationAccessPolicy)"
            EwsAllowList                = @($o.EwsAllowList | Where-Object { $_ } | ForEach-Object { "$_" })
            EwsBlockList                = @($o.EwsBlockList | Where-Object { $_ } | ForEach-Object { "$_" })
        }
    }

    # Shown only with this parameter, and as one text with commas.
    Read-List 'ewsAllowedAppIDs' {
        $o = Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy -ErrorAction Stop
        ($o.EwsAllowedAppIDs -join ',') -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ }
    }

    Read-One 'transport' {
        $t = Get-TransportConfig -ErrorAction Stop
        [ordered]@{
            SmtpClientAuthenticationDisabled = $t.SmtpClientAuthenticationDisabled
            AllowLegacyTLSClients            = $t.AllowLegacyTLSClients
        }
    }

    $columns = @(
        'Name'
        'DistinguishedName'
        'AllowBasicAuthActiveSync'
        'AllowBasicAuthAutodiscover'
        'AllowBasicAuthImap'
        'AllowBasicAuthMapi'
        'AllowBasicAuthOfflineAddressBook'
        'AllowBasicAuthOutlookService'
        'AllowBasicAuthPop'
        'AllowBasicAuthPowershell'
        'AllowBasicAuthReportingWebServices'
        'AllowBasicAuthRpc'
        'AllowBasicAuthSmtp'
        'AllowBasicAuthWebServices'
    )
    Read-List 'authenticationPolicies' {
        Get-AuthenticationPolicy -ErrorAction Stop | Select-Object -Property $columns
    }

    Read-List 'usersWithPolicy' {
        if ($failed.Contains('authenticationPolicies')) { throw $failed['authenticationPolicies'] }
        foreach ($policy in $all['authenticationPolicies']) {
            $dn = $policy.DistinguishedName.Replace("'", "''")
            foreach ($user in (Get-User -ResultSize Unlimited -Filter "AuthenticationPolicy -eq '$dn'" -ErrorAction Stop)) {
                [ordered]@{
                    UserPrincipalName         = "$($user.UserPrincipalName)"
                    ExternalDirectoryObjectId = "$($user.ExternalDirectoryObjectId)"
                    AuthenticationPolicy      = $policy.Name
                }
            }
        }
    }

    # SmtpClientAuthenticationDisabled has three states: true is off, false is
    # on, and null follows the organization.
    Read-List 'mailboxes' {
        Get-CASMailbox -ResultSize Unlimited -ErrorAction Stop | ForEach-Object {
            [ordered]@{
                PrimarySmtpAddress               = "$($_.PrimarySmtpAddress)"
                ExternalDirectoryObjectId        = "$($_.ExternalDirectoryObjectId)"
                SmtpClientAuthenticationDisabled = $_.SmtpClientAuthenticationDisabled
                ImapEnabled                      = $_.ImapEnabled
                PopEnabled                       = $_.PopEnabled
                ActiveSyncEnabled                = $_.ActiveSyncEnabled
                EwsEnabled                       = $_.EwsEnabled
                MapiEnabled                      = $_.MapiEnabled
            }
        }
    }

    $all['failed'] = $failed
    # Without the byte order mark and the UTF-16 of older PowerShell.
    $file = [IO.Path]::Combine((Get-Location -PSProvider FileSystem).ProviderPath, $Path)
    [IO.File]::WriteAllText($file, (ConvertTo-Json $all -Depth 6))
    Write-Host "Wrote $file"
    Write-Host 'Now run: legacyauth check --exchange FILE'
}
