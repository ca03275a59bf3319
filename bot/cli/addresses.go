package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// mostList is how large a list of addresses may be.
const mostList = 4 << 20

// addresses gives a list that was given as a file, on standard input (-), or as
// it is, in one line.
func addresses(list string, stdin io.Reader) (string, error) {
	if list == "" {
		return "", nil
	}
	from := stdin
	if list != "-" {
		file, err := os.Open(list)
		if errors.Is(err, fs.ErrNotExist) && strings.Contains(list, "@") {
			return list, nil
		}
		if err != nil {
			return "", usageError{fmt.Errorf("read the list of addresses: %w; give a file, or addresses joined by commas", err)}
		}
		defer func() { _ = file.Close() }()
		from = file
	}
	data, err := io.ReadAll(io.LimitReader(from, mostList+1))
	if err != nil {
		return "", fmt.Errorf("read the list of addresses: %w", err)
	}
	if len(data) > mostList {
		return "", usageError{errors.New("the list of addresses is larger than 4 MB; give a file with addresses alone")}
	}
	return strings.Join(strings.Fields(strings.TrimPrefix(string(data), "\ufeff")), ","), nil
}
