package entra

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxJSON bounds an answer that is held in memory as a whole.
const maxJSON = 32 << 20

// JSON asks for a small answer and decodes it into a pointer. An answer cut short
// is asked for again a few times, because nothing of it has been used. path is as
// for Get.
func (g *Graph) JSON(ctx context.Context, v Version, path string, into any) error {
	var content bytes.Buffer
	read := func(from io.Reader) error {
		content.Reset()
		n, err := io.Copy(&content, io.LimitReader(from, maxJSON+1))
		if err == nil && n > maxJSON {
			return &Error{Code: CodeAnswer, Reason: fmt.Sprintf("An answer of Microsoft Graph is larger than %d MiB.", maxJSON>>20), Do: "Please report this; it is not expected of settings."}
		}
		return err
	}
	var err error
	for range mostFailures {
		if err = g.Get(ctx, v, path, nil, read); CodeOf(err) != CodeCutShort {
			break
		}
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content.Bytes(), into); err != nil {
		var kind *json.UnmarshalTypeError
		where := ""
		if errors.As(err, &kind) {
			where = ": field " + shorten(kind.Field) + " is a " + shorten(kind.Value)
		}
		return &Error{Code: CodeAnswer, Reason: "An answer of Microsoft Graph is not in the expected form" + where + ".", Do: "Try again; if it stays, please report it with the Graph version and path."}
	}
	return nil
}
