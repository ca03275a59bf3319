package graphlog

import (
	"strconv"
	"strings"
	"time"
)

// PortalHeader is the first line of InteractiveSignIns.csv and
// NonInteractiveSignIns.csv as the Entra admin center writes them, with one
// name used twice, trailing blanks and a doubled blank.
const PortalHeader = "Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,User type,Cross tenant access type,Incoming token type,Authentication Protocol,Unique token identifier,Original transfer method,Client credential type,Token Protection - Sign In Session,Token Protection - Sign In Session StatusCode,Application,Application ID ,App owner tenant ID,Resource,Resource ID ,Resource tenant ID,Resource owner tenant ID,Home tenant ID,Home tenant name,IP address,Location,Status,Sign-in error code,Failure reason,Client app,Device ID,Browser,Operating System,Compliant,Managed,Join Type,Multifactor authentication result,Multifactor authentication auth method,Multifactor authentication auth detail,Authentication requirement,Sign-in identifier,Session ID,IP address (seen by resource),Through Global Secure Access,Global Secure Access IP address,Autonomous system  number,Flagged for review,Token issuer type,Incoming token type,Token issuer name,Latency,Conditional Access,Managed Identity type,Associated Resource Id,Federated Token Id,Federated Token Issuer"

// AppendPortal appends s as one line of a portal download, without the line's
// end, in the columns of PortalHeader.
func AppendPortal(dst []byte, s *SignIn) []byte {
	status := "Success"
	if s.Status.Code != 0 {
		status = "Failure"
	}
	cells := [...]string{
		s.Time.UTC().Format(time.RFC3339), s.ID, s.Agent, s.Correlation,
		s.User.ID, s.User.Display, s.User.Name, s.User.Type, s.CrossTenant,
		s.IncomingType, s.AuthProtocol, s.Token, "none", "none", "none", "0",
		s.App.Name, s.App.ID, s.HomeTenant, s.Resource.Name, s.Resource.ID,
		s.ResourceTenant, s.ResourceTenant, s.HomeTenant, "", s.IP, s.Place.text(),
		status, strconv.Itoa(s.Status.Code), s.Status.Reason, s.ClientApp,
		s.Device.ID, s.Device.Browser, s.Device.OS,
		strconv.FormatBool(s.Device.Compliant), strconv.FormatBool(s.Device.Managed),
		s.Device.Trust, s.Status.Details, "", "", s.Requirement, s.User.Name, "", "",
		"False", "", strconv.Itoa(s.ASN), "False", "Azure AD", s.IncomingType, "",
		strconv.Itoa(s.Milliseconds), s.CAStatus, "None", "", "", "",
	}
	for i, cell := range cells {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendCell(dst, cell)
	}
	return dst
}

// text is a place as the portal's Location column has it.
func (p Place) text() string {
	return p.City + ", " + p.State + ", " + p.Country
}

func appendCell(dst []byte, cell string) []byte {
	if !strings.ContainsAny(cell, "\",\r\n") {
		return append(dst, cell...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(cell, `"`, `""`)...)
	return append(dst, '"')
}
