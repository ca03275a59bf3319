package logrow

import "legacyauth/detect/logrow/rawjson"

var policyNames = [4]string{"result", "displayname", "id"}

// reportOnly names the report-only policies that would have stopped the
// sign-in; a policy without a display name is named by its id. Told says that
// the row carries the results of policies at all, be it none.
func (d *Decoder) reportOnly(v rawjson.Value) (names []string, told bool) {
	array := d.array(v)
	if array == nil {
		return nil, false
	}
	rawjson.Elements(array, func(element rawjson.Value) bool {
		if element.Kind != rawjson.Object {
			return true
		}
		got, ok := d.pick(element.Raw, &policyNames)
		if !ok || !rawjson.Is(d.bytes(got[0]), "reportonlyfailure") {
			return true
		}
		name := d.text(got[1])
		if name == "" {
			name = d.text(got[2])
		}
		if name != "" {
			names = append(names, name)
		}
		return true
	})
	return names, true
}
