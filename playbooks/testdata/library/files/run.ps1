Get-CASMailbox {{user}}
