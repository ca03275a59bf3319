package bench

import "strings"

// python is asked by a script with nothing but its standard library.
func python(f File) ([]string, string) {
	switch f.Shape {
	case lines, array, page, portal:
		return []string{"-c", pythonScript, f.Path, f.Shape, strings.Join(modern[:], ",")}, ""
	}
	return nil, unwritten(f)
}

const pythonScript = `
import collections, csv, gzip, json, sys
path, shape, modern = sys.argv[1], sys.argv[2], set(sys.argv[3].split(","))
with open(path, "rb") as f:
    opened = gzip.open if f.read(2) == b"\x1f\x8b" else open
count = collections.Counter()
with opened(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as f:
    if shape == "portal CSV":
        rows = csv.reader(f)
        head = next(rows)
        at = [head.index(name) for name in ("Username", "Client app", "User agent", "Sign-in error code")]
        for row in rows:
            if row and row[at[1]].lower() not in modern:
                count[tuple(row[i] for i in at)] += 1
    else:
        rows = (json.loads(line) for line in f if line.strip()) if shape == "Graph JSON lines" else json.load(f)
        for row in rows["value"] if shape == "Graph list" else rows:
            app = row.get("clientAppUsed") or ""
            if app.lower() not in modern:
                code = (row.get("status") or {}).get("errorCode")
                count[row.get("userPrincipalName") or "", app, row.get("userAgent") or "", "" if code is None else str(code)] += 1
for (user, protocol, agent, code), n in count.items():
    print(json.dumps({"user": user, "protocol": protocol, "agent": agent, "code": code, "n": n}))
`
