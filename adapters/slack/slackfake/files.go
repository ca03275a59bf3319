package slackfake

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// File is a file that was uploaded.
type File struct {
	ID, Name, Title, Alt string
	Data                 []byte
	size                 int
	done                 bool
}

func getUploadURL(s *Server, c call) (object, error) {
	if err := need(c, "filename", "length"); err != nil {
		return nil, err
	}
	size, err := strconv.Atoi(c.get("length"))
	if err != nil || size <= 0 {
		return fail("invalid_arguments")
	}
	f := &File{ID: s.id("F"), Name: c.get("filename"), Alt: c.get("alt_txt"), size: size}
	s.files[f.ID] = f
	return object{"upload_url": s.url() + "/upload/" + f.ID, "file_id": f.ID}, nil
}

// takeUpload takes a file's bytes, as they are or as a form.
func (s *Server) takeUpload(w http.ResponseWriter, r *http.Request, id string) {
	data, err := uploaded(w, r)
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	switch {
	case f == nil:
		http.NotFound(w, r)
		return
	case err != nil || len(data) != f.size:
		http.Error(w, "the length is not the one that was announced", http.StatusBadRequest)
		return
	}
	f.Data = data
	_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(data)))
}

// completeUpload shows files in a channel, as a message of their own.
func completeUpload(s *Server, c call) (object, error) {
	var given []struct{ ID, Title string }
	if json.Unmarshal([]byte(c.get("files")), &given) != nil || len(given) == 0 {
		return fail("invalid_arguments")
	}
	var shown []File
	var answers []object
	for _, g := range given {
		f := s.files[g.ID]
		if f == nil || f.Data == nil || f.done {
			return fail("file_not_found")
		}
		f.Title = g.Title
		shown = append(shown, *f)
		answers = append(answers, object{"id": f.ID, "title": f.Title})
	}
	if id := c.get("channel_id"); id != "" {
		if _, err := s.place(id); err != nil {
			return nil, err
		}
		s.messages = append(s.messages, &Message{Channel: id, TS: s.stamp(), Thread: c.get("thread_ts"), Text: c.get("initial_comment"), User: BotUser, Files: shown})
	}
	for _, g := range given {
		s.files[g.ID].done = true
	}
	return object{"files": answers}, nil
}

// uploaded gives the bytes of an upload: the body itself, or the first part of a
// form, by whatever name.
func uploaded(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<20)
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return io.ReadAll(r.Body)
	}
	form, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	part, err := form.NextPart()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(part)
}
