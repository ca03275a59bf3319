package useragent

// rooms lists the words for a meeting room's device. Such devices sign in with
// the room's own account; https://learn.microsoft.com/microsoftteams/rooms/rooms-authentication,
// read 2026-11-22. No agent of one has been published, so all are accepted
// that its product names suggest.
var rooms = []rule{
	{product: "skyperoomsystem", family: TeamsRoom, model: "Teams Rooms"},
	{product: "skype room system", family: TeamsRoom, model: "Teams Rooms"},
	{product: "skyperooms", family: TeamsRoom, model: "Teams Rooms"},
	{product: "lyncroomsystem", family: TeamsRoom, model: "Teams Rooms"},
	{product: "lync room system", family: TeamsRoom, model: "Teams Rooms"},
	{product: "lync room", family: TeamsRoom, model: "Teams Rooms"},
	{product: "teams rooms", family: TeamsRoom, model: "Teams Rooms"},
	{product: "teams room", family: TeamsRoom, model: "Teams Rooms"},
	{product: "teamsrooms", family: TeamsRoom, model: "Teams Rooms"},
	{product: "teamsroom", family: TeamsRoom, model: "Teams Rooms"},
	{product: "surface hub", family: TeamsRoom, model: "Surface Hub"},
	{product: "surfacehub", family: TeamsRoom, model: "Surface Hub"},
}

// shells lists remote PowerShell.
var shells = []rule{
	{product: "microsoft winrm client", family: PowerShell, model: "PowerShell", os: "Windows"},
	{product: "winrm", family: PowerShell, model: "PowerShell"},
	{product: "windowspowershell", family: PowerShell, model: "PowerShell", os: "Windows"},
	{product: "powershell", family: PowerShell, model: "PowerShell"},
}

// scripts lists general libraries, tools and services that fetch pages. Words
// of everyday language count only where the agent begins.
var scripts = []rule{
	{product: "curl", family: Script, model: "curl", first: true},
	{product: "libcurl", family: Script, model: "curl"},
	{product: "wget", family: Script, model: "Wget", first: true},
	{product: "httpie", family: Script, model: "HTTPie", first: true},
	{product: "python-requests", family: Script, model: "python-requests"},
	{product: "python-urllib", family: Script, model: "Python urllib"},
	{product: "python-httpx", family: Script, model: "httpx"},
	{product: "aiohttp", family: Script, model: "aiohttp"},
	{product: "python", family: Script, model: "Python", first: true},
	{product: "go-http-client", family: Script, model: "Go"},
	{product: "axios", family: Script, model: "axios"},
	{product: "node-fetch", family: Script, model: "node-fetch"},
	{product: "undici", family: Script, model: "Node.js", first: true},
	{product: "node", family: Script, model: "Node.js", first: true},
	{product: "okhttp", family: Script, model: "OkHttp"},
	{product: "apache-httpclient", family: Script, model: "Apache HttpClient"},
	{product: "jakarta commons-httpclient", family: Script, model: "Apache HttpClient"},
	{product: "java-http-client", family: Script, model: "Java", first: true},
	{product: "java", family: Script, model: "Java", first: true},
	{product: "php-soap", family: Script, model: "PHP", first: true},
	{product: "php", family: Script, model: "PHP", first: true},
	{product: "guzzlehttp", family: Script, model: "Guzzle"},
	{product: "libwww-perl", family: Script, model: "libwww-perl"},
	{product: "ruby", family: Script, model: "Ruby", first: true},
	{product: "restsharp", family: Script, model: "RestSharp"},
	{product: "postmanruntime", family: Script, model: "Postman"},
	{product: "insomnia", family: Script, model: "Insomnia", first: true},
	{product: "winhttp.winhttprequest.5", family: Script, model: "WinHTTP"},
	{product: "google-apps-script", family: Script, model: "Google Apps Script"},
	{product: "googleapps script", family: Script, model: "Google Apps Script"},
	{product: "googledocs", family: Script, model: "Google Docs"},
	{product: "googleimageproxy", family: Script, model: "Google image proxy"},
	{product: "skypeuripreview", family: Script, model: "Skype link preview"},
	{product: "iframely", family: Script, model: "Iframely"},
}
