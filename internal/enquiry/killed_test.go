package enquiry

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// killedCase names the case that this binary serves the public forms of, when it
// is started to be killed.
const killedCase = "REEVE_ENQUIRY_KILLED"

// serveKilled serves the public forms of a case and takes in what comes, until it
// is killed. It writes its address first.
func serveKilled(dir string) error {
	c, err := sweep.Open(context.Background(), dir)
	if err != nil {
		return err
	}
	m := New(Deps{Case: c, Limits: Limits{Sender: 1 << 20, Day: 1 << 20, All: 1 << 20}})
	if m.shut != nil {
		return m.shut
	}
	site, err := web.NewPublic(web.PublicOptions{Now: m.Now, Frame: func(w io.Writer, p web.PublicPage) error { return publicFrame.Execute(w, p) }}, m.Public()...)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	go func() {
		for {
			if err := m.takeIn(context.Background(), nil); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	return http.Serve(l, site)
}

// startKilled starts such a process and gives its address.
func startKilled(t *testing.T, dir string) (cmd *exec.Cmd, address string) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), killedCase+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	address, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the process did not serve: %v", err)
	}
	return cmd, strings.TrimSpace(address)
}

// TestFloodAndKills: forms flood in while the process is killed at random moments
// again and again; whoever was given a reference finds it, once.
func TestFloodAndKills(t *testing.T) {
	c := emptyCase(t)
	given := map[string]bool{}
	var mu sync.Mutex
	for round := range 6 {
		cmd, address := startKilled(t, c.Dir)
		var senders sync.WaitGroup
		for s := range 6 {
			senders.Go(func() {
				for i := 0; ; i++ {
					form := publicQuestion(round*1_000_000 + s*10_000 + i)
					resp, err := http.PostForm("http://"+address+"/ask", form)
					if err != nil {
						return // killed
					}
					body, err := io.ReadAll(resp.Body)
					resp.Body.Close()
					if ref := printed.FindString(string(body)); err == nil && resp.StatusCode == http.StatusOK && ref != "" {
						mu.Lock()
						given[ref] = true
						mu.Unlock()
					}
				}
			})
		}
		time.Sleep(time.Duration(150+rand.IntN(350)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait() // says that it was killed
		senders.Wait()
	}
	m, _ := testRoom(t, Deps{Case: c})
	if err := m.takeIn(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	kept := map[string]int{}
	for _, ref := range ask(t, c, func(tx *db.Tx) ([]string, error) {
		return db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, "SELECT reference FROM enquiry")
	}) {
		kept[spacedReference(ref)]++
	}
	if len(given) < 50 {
		t.Fatalf("only %d forms came in", len(given))
	}
	for ref := range given {
		if kept[ref] != 1 {
			t.Errorf("%s was given out and is there %d times", ref, kept[ref])
		}
	}
	t.Logf("%d references given out over 6 kills, %d kept", len(given), len(kept))
}
