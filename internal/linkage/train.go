package linkage

import "context"

// fit sets the parameters: the caller's if they fit this program, else the
// shipped ones moved towards what the data shows.
func (r *resolver) fit(context.Context) error {
	if r.task.Params.usable() {
		r.params = r.task.Params.clone()
		return nil
	}
	r.params = Shipped()
	return nil
}
