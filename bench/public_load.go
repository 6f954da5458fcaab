package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"
)

// loaded is what a load came to.
type loaded struct {
	rate  float64         // requests a second
	times []time.Duration // of each request, in order of length
}

// at is the time within which a share of the requests was answered.
func (l loaded) at(share float64) time.Duration {
	if len(l.times) == 0 {
		return 0
	}
	return l.times[min(len(l.times)-1, int(share*float64(len(l.times))))]
}

// loadFor asks a server for paths in turn over connections that stay open, over
// TLS, squeezed, for a while. With a rate, requests are due at even times,
// whether the ones before are answered or not, and their time counts from when
// they were due: a server that stalls is not let off the requests that it kept
// waiting. At rate 0 each connection asks again as soon as it has its answer.
func loadFor(address string, paths []string, conns int, rate float64, lasting time.Duration) (loaded, error) {
	var all loaded
	var mu sync.Mutex
	var wait sync.WaitGroup
	var failed error
	begin := time.Now().Add(100 * time.Millisecond)
	for i := range conns {
		wait.Go(func() {
			times, err := loadOne(address, paths, i, conns, rate, begin, lasting)
			mu.Lock()
			defer mu.Unlock()
			all.times = append(all.times, times...)
			failed = errors.Join(failed, err)
		})
	}
	wait.Wait()
	all.rate = float64(len(all.times)) / lasting.Seconds()
	slices.Sort(all.times)
	return all, failed
}

// loadOne is one connection of the load.
func loadOne(address string, paths []string, number, conns int, rate float64, begin time.Time, lasting time.Duration) (times []time.Duration, err error) {
	c, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"http/1.1"}})
	if err != nil {
		return nil, err
	}
	defer c.Close()
	requests := make([][]byte, len(paths))
	for i, p := range paths {
		requests[i] = fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\n\r\n", p, address)
	}
	in := bufio.NewReaderSize(c, 64<<10)
	time.Sleep(time.Until(begin))
	for n := 0; ; n++ {
		due := time.Now()
		if rate > 0 {
			due = begin.Add(time.Duration(float64(n*conns+number) / rate * float64(time.Second)))
			time.Sleep(time.Until(due))
		}
		if due.Sub(begin) >= lasting {
			return times, nil
		}
		if _, err := c.Write(requests[(n+number)%len(requests)]); err != nil {
			return times, err
		}
		if err := readAnswer(in); err != nil {
			return times, err
		}
		times = append(times, time.Since(due))
	}
}

var contentLength = []byte("content-length:")

// readAnswer reads one answer of HTTP/1.1 with status 200 and a length.
func readAnswer(in *bufio.Reader) error {
	length := -1
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		switch {
		case first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200")):
			return fmt.Errorf("the server answered %q", line)
		case len(line) <= 2:
			if length < 0 {
				return errors.New("an answer without a length")
			}
			_, err := io.CopyN(io.Discard, in, int64(length))
			return err
		case len(line) > len(contentLength) && bytes.EqualFold(line[:len(contentLength)], contentLength):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(contentLength):]))); err != nil {
				return err
			}
		}
	}
}

// middle is the middle one of some figures.
func middle(all []float64) float64 {
	all = slices.Clone(all)
	slices.Sort(all)
	return all[len(all)/2]
}
