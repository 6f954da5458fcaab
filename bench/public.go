package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/publish"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// publicMeasure loads the public site as after a mailing, and nginx serving the
// same files as static ones: TLS on for both, the same pages, the same
// connections, the same cores, turn by turn in one run.
func publicMeasure(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("public", flag.ExitOnError)
	seconds := set.Duration("time", 10*time.Second, "how long each turn lasts")
	conns := set.Int("connections", 64, "browsers at once")
	turns := set.Int("turns", 3, "how often each is measured; the middle one counts")
	if err := set.Parse(args); err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "reeve-public-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := os.Chmod(temp, 0o755); err != nil { // nginx's workers are another user
		return err
	}
	kase := filepath.Join(temp, "case")
	site, err := releaseTexts(ctx, kase)
	if err != nil {
		return err
	}
	ours, stop, err := servePublic(ctx, kase)
	if err != nil {
		return err
	}
	defer stop()
	targets := []target{{"reeve serve", ours}}
	if theirs, stop, err := startNginx(ctx, temp, site); err != nil {
		fmt.Println("no comparison:", err)
	} else {
		defer stop()
		targets = append(targets, target{"nginx", theirs})
	}
	return comparePublic(targets, pagesOf(site), *conns, *turns, *seconds)
}

// target is a server under load.
type target struct{ name, address string }

// pagesOf are the pages that people load after a mailing; each with the style.
func pagesOf(site *publish.Site) []string {
	var all []string
	for _, p := range site.Paths() {
		if !strings.HasSuffix(p, ".pdf") && p != "/robots.txt" {
			all = append(all, p)
		}
	}
	return all
}

func comparePublic(targets []target, paths []string, conns, turns int, seconds time.Duration) error {
	most := make([][]float64, len(targets))
	for range turns {
		for i, t := range targets {
			r, err := loadFor(t.address, paths, conns, 0, seconds)
			if err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
			most[i] = append(most[i], r.rate)
		}
	}
	out := newTable("server", "requests/s", "at half of its own load: median ms", "p99 ms", "longest ms")
	var rates []float64
	for i, t := range targets {
		rate := middle(most[i])
		rates = append(rates, rate)
		half, err := loadFor(t.address, paths, conns, rate/2, seconds)
		if err != nil {
			return fmt.Errorf("%s at half load: %w", t.name, err)
		}
		out.row(t.name, rate, milliseconds(half.at(0.5)), milliseconds(half.at(0.99)), milliseconds(half.at(1)))
	}
	out.print()
	if len(rates) == 2 {
		ratio := rates[0] / rates[1]
		fmt.Printf("Reeve to nginx: %.2f of its requests/s (floor 0.5, %s)\n", ratio, verdict(ratio >= 0.5))
	}
	return nil
}

// sampleCouncil is an invented council.
var sampleCouncil = publish.Council{Name: "Northmoor Council", Site: "https://incident.northmoor.example.org", Phone: "020 7946 0100", Hours: "every day, 8am to 8pm",
	Email: "incident@northmoor.example.org", Address: "Town Hall, Northmoor", Officer: "dpo@northmoor.example.org"}

// releaseTexts makes a case whose public site shows the texts that ship and
// some updates, and gives the site as it is served.
func releaseTexts(ctx context.Context, dir string) (*publish.Site, error) {
	kase, err := sweep.Make(ctx, dir, "")
	if err != nil {
		return nil, err
	}
	defer kase.Close()
	if err := errors.Join(kase.DB.Migrate(ctx, record.Room, record.Schema()), publish.Migrate(ctx, kase.DB)); err != nil {
		return nil, err
	}
	texts := publish.Shipped()
	for i := range 12 {
		texts = append(texts, publish.Text{Slug: fmt.Sprintf("update-%d", i+1), Title: fmt.Sprintf("Update %d", i+1), Note: "New.",
			Body: strings.Repeat("We have checked more files today. We will write to people at risk. Phones work, and calls take longer than usual.\n\n", 4)})
	}
	err = kase.DB.Write(ctx, func(tx *db.Tx) error {
		return publish.Put(tx, sampleCouncil, texts, publish.Person{ID: "writer", Name: "Writer"}, publish.Person{ID: "signer", Name: "Signer"}, time.Now().Unix())
	})
	if err != nil {
		return nil, err
	}
	room := publish.New(publish.Deps{DB: kase.DB, Case: kase.ID()})
	if err := room.Refresh(ctx); err != nil {
		return nil, err
	}
	return room.Site(), nil
}

// servePublic starts reeve serve with TLS and gives the address of the public
// site.
func servePublic(ctx context.Context, dir string) (address string, stop func(), err error) {
	cmd := exec.CommandContext(ctx, "./reeve", "serve", "--case", dir, "--addr", "127.0.0.1:0", "--public", "127.0.0.1:0", "--tls-own")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, at, ok := strings.Cut(lines.Text(), "public site is at https://"); ok {
			return at, stop, nil
		}
	}
	stop()
	return "", nil, errors.New("./reeve serve did not say where the public site is")
}

// nginxConf serves files that are squeezed already, as a careful operator would.
const nginxConf = `worker_processes auto;
pid %[1]s/nginx.pid;
error_log %[1]s/nginx.log warn;
worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http {
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_timeout 60;
	keepalive_requests 1000000;
	open_file_cache max=1000 inactive=60s;
	open_file_cache_valid 60s;
	types { text/html html; text/css css; application/json json; application/atom+xml atom; }
	default_type text/html;
	gzip_static on;
	client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy; fastcgi_temp_path %[1]s/fastcgi; uwsgi_temp_path %[1]s/uwsgi; scgi_temp_path %[1]s/scgi;
	ssl_protocols TLSv1.2 TLSv1.3;
	ssl_session_cache shared:SSL:10m;
	server {
		listen 127.0.0.1:%[2]d ssl;
		ssl_certificate %[1]s/server.crt;
		ssl_certificate_key %[1]s/server.key;
		root %[1]s/www;
		add_header Cache-Control "public, max-age=60";
		add_header X-Content-Type-Options nosniff;
		add_header Referrer-Policy no-referrer;
		location / { try_files $uri $uri/index.html =404; }
	}
}
`

// startNginx serves the same files over TLS, with a certificate of the same
// sort as Reeve's.
func startNginx(ctx context.Context, temp string, site *publish.Site) (address string, stop func(), err error) {
	program, err := exec.LookPath("nginx")
	if err != nil {
		for _, p := range []string{"/usr/sbin/nginx", ".tools/usr/sbin/nginx"} {
			if _, e := os.Stat(p); e == nil {
				program, err = p, nil
			}
		}
	}
	if err != nil {
		return "", nil, errors.New("nginx is missing: scripts/install-bench-needs gets it")
	}
	if err := errors.Join(writeSite(filepath.Join(temp, "www"), site), writePair(temp)); err != nil {
		return "", nil, err
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	conf := filepath.Join(temp, "nginx.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, nginxConf, temp, port), 0o600); err != nil {
		return "", nil, err
	}
	cmd := exec.CommandContext(ctx, program, "-c", conf, "-p", temp, "-g", "daemon off;")
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	address = fmt.Sprintf("127.0.0.1:%d", port)
	stop = func() { cmd.Process.Signal(os.Interrupt); cmd.Wait() }
	for range 100 {
		if _, err = loadFor(address, []string{"/"}, 1, 0, time.Millisecond); err == nil {
			return address, stop, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	return "", nil, fmt.Errorf("nginx does not answer: %w", err)
}
