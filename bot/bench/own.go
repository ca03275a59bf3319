package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"legacyauth/adapters/export"
	"legacyauth/detect"
)

// Own is this program's answer, with what it found the file to be.
type Own struct {
	Shape  string  `json:"shape"`
	Rows   int64   `json:"rows"`
	Groups []group `json:"groups"`
}

// ReadOwn reads one file and counts its legacy sign-ins; progress may be nil, see
// export.Options.
func ReadOwn(ctx context.Context, in export.Input, progress func(int64)) (Own, error) {
	answer := Answer{}
	report, err := export.Read(ctx, in, export.Options{Skim: true, Progress: progress}, func(batch []detect.SignIn) error {
		for i := range batch {
			s := &batch[i]
			code := ""
			if s.Result.Known && s.Result.Code >= 0 {
				code = strconv.Itoa(s.Result.Code)
			}
			answer[Key{s.User, s.ClientApp, s.Agent, code}]++
		}
		return nil
	})
	if err != nil {
		return Own{}, err
	}
	own := Own{Shape: report.Shape, Rows: report.Rows, Groups: make([]group, 0, len(answer))}
	for k, n := range answer {
		own.Groups = append(own.Groups, group{k.User, k.Protocol, k.Agent, scalar(k.Code), n})
	}
	return own, nil
}

// Write prints the answer for the process that asked for it.
func (o Own) Write(w io.Writer) error {
	if err := json.NewEncoder(w).Encode(o); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}
