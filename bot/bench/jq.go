package bench

import "fmt"

// jq is asked to count while it reads, which for lines takes no memory.
func jq(f File) ([]string, string) {
	rows := ""
	switch {
	case f.Gzip:
		return nil, "it reads no gzip"
	case f.Shape == lines:
		rows = "inputs"
	case f.Shape == array:
		rows = "(inputs | .[])"
	case f.Shape == page:
		rows = "(inputs | .value[])"
	default:
		return nil, unwritten(f)
	}
	return []string{"-n", "-c", fmt.Sprintf(`reduce (%s
  | select((.clientAppUsed // "" | ascii_downcase) as $app | $app != %q and $app != %q and $app != %q)
  | [.userPrincipalName // "", .clientAppUsed // "", .userAgent // "", (.status.errorCode // "" | tostring)] | tojson) as $key ({}; .[$key] += 1)
| to_entries[] | (.key | fromjson) as $key | {user: $key[0], protocol: $key[1], agent: $key[2], code: $key[3], n: .value}`,
		rows, modern[0], modern[1], modern[2]), f.Path}, ""
}
