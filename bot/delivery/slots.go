package delivery

import "sync"

// slots bound how many places of one platform are served at a time. Places past
// that wait here, in order, for a job that is done with its own: they are
// known to the database as well, should the process end.
type slots struct {
	mu       sync.Mutex
	platform map[string]*slot
}

type slot struct {
	taken   int
	waiting []int64
}

// take gives a place one of its platform's slots; false: it waits for one.
func (s *slots) take(platform string, place int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.platform == nil {
		s.platform = map[string]*slot{}
	}
	p := s.platform[platform]
	if p == nil {
		p = &slot{}
		s.platform[platform] = p
	}
	if p.taken < perPlatform {
		p.taken++
		return true
	}
	p.waiting = append(p.waiting, place)
	return false
}

// next passes a slot on to the place that has waited longest, or frees it when
// none waits; then it gives false.
func (s *slots) next(platform string) (place int64, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.platform[platform]
	if len(p.waiting) == 0 {
		p.taken--
		return 0, false
	}
	place, p.waiting = p.waiting[0], p.waiting[1:]
	return place, true
}

// leave frees a slot. It gives the places that wait, for other jobs to serve:
// the one that leaves has no more time.
func (s *slots) leave(platform string) (places []int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.platform[platform]
	p.taken--
	places, p.waiting = p.waiting, nil
	return places
}
