package review

import (
	"net/http"
	"testing"
)

func TestTodayPages(t *testing.T) {
	_, h := testRoom(t, Deps{Case: testCase(t)})
	want(t, get(t, h, "/today"), http.StatusOK, "People who could be in danger", "How it could hurt", "Take this", "Documents to look at first")
	want(t, get(t, h, "/today.csv"), http.StatusOK, "person,priority,name")
}
