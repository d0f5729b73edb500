package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

type W struct{ id int }

func (w W) run(out chan<- int, wg *sync.WaitGroup) { defer wg.Done(); out <- w.id * 10 }

type Counter struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *Counter) Inc(k string) int { c.mu.Lock(); defer c.mu.Unlock(); c.m[k]++; return c.m[k] }

type SafeMap[K comparable, V any] struct {
	sync.RWMutex
	m map[K]V
}

func (s *SafeMap[K, V]) Set(k K, v V) { s.Lock(); defer s.Unlock(); s.m[k] = v }
func (s *SafeMap[K, V]) Get(k K) (V, bool) {
	s.RLock()
	defer s.RUnlock()
	v, ok := s.m[k]
	return v, ok
}

func gen(ctx context.Context, n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			select {
			case ch <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ch
}

func merge[T any](cs ...<-chan T) <-chan T {
	out := make(chan T)
	var wg sync.WaitGroup
	for _, c := range cs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for v := range c {
				out <- v
			}
		}()
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

func main() {
	out := make(chan int, 10)
	var wg sync.WaitGroup
	ws := []W{{1}, {2}, {3}}
	for _, w := range ws {
		wg.Add(1)
		go w.run(out, &wg)
	}
	wg.Wait()
	close(out)
	var got []int
	for v := range out {
		got = append(got, v)
	}
	sort.Ints(got)
	fmt.Println(got)
	c := Counter{m: map[string]int{}}
	for range 50 {
		wg.Go(func() { c.Inc("a") })
	}
	wg.Wait()
	fmt.Println(c.m["a"])
	sm := &SafeMap[string, int]{m: map[string]int{}}
	sm.Set("x", 1)
	fmt.Println(sm.Get("x"))
	ctx, cancel := context.WithCancel(context.Background())
	sum := 0
	for v := range merge(gen(ctx, 5), gen(ctx, 4)) {
		sum += v
	}
	cancel()
	fmt.Println(sum, ctx.Err())
	ctx2, cancel2 := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel2()
	select {
	case <-ctx2.Done():
		fmt.Println(errors.Is(ctx2.Err(), context.DeadlineExceeded))
	case <-time.After(5 * time.Second):
		fmt.Println("late")
	}
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	var n atomic.Int64
	var flag atomic.Bool
	for i := range 10 {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			n.Add(int64(i))
			flag.Store(true)
		}(i)
	}
	wg.Wait()
	fmt.Println(n.Load(), flag.Load())
	done := make(chan struct{})
	data := make(chan string)
	go func() {
		defer close(done)
		for {
			select {
			case s, ok := <-data:
				if !ok {
					fmt.Println("closed")
					return
				}
				fmt.Println("got", s)
			}
		}
	}()
	data <- "a"
	data <- "b"
	close(data)
	<-done
	tick := time.NewTicker(time.Millisecond)
	k := 0
loop:
	for {
		select {
		case <-tick.C:
			if k++; k == 3 {
				break loop
			}
		}
	}
	tick.Stop()
	fmt.Println(k)
	errc := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				errc <- fmt.Errorf("recovered: %v", r)
			}
		}()
		var m map[int]int
		m[1] = 1
	}()
	fmt.Println(<-errc)
	sem := make(chan struct{}, 2)
	var mx, cur int32
	for range 6 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- struct{}{}
			defer func() { <-sem }()
			v := atomic.AddInt32(&cur, 1)
			for {
				o := atomic.LoadInt32(&mx)
				if v <= o || atomic.CompareAndSwapInt32(&mx, o, v) {
					break
				}
			}
			time.Sleep(time.Millisecond)
			atomic.AddInt32(&cur, -1)
		}()
	}
	wg.Wait()
	fmt.Println(mx <= 2, cur)
	cond := sync.NewCond(&sync.Mutex{})
	ready := false
	go func() { cond.L.Lock(); ready = true; cond.L.Unlock(); cond.Broadcast() }()
	cond.L.Lock()
	for !ready {
		cond.Wait()
	}
	cond.L.Unlock()
	fmt.Println(ready)
	var p sync.Pool
	p.New = func() any { return &W{9} }
	fmt.Println(p.Get().(*W).id)
	var mp sync.Map
	mp.Store("k", W{4})
	v, ok := mp.Load("k")
	fmt.Println(v.(W).id, ok)
	func() {
		defer func() { fmt.Println(recover()) }()
		close(data)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		data <- "x"
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var nc chan int
		close(nc)
	}()
	for i, ch := 0, make(chan func() int, 3); i < 3; i++ {
		ch <- func() int { return i }
		fmt.Print((<-ch)(), " ")
	}
	fmt.Println()
	type req struct {
		n    int
		resp chan int
	}
	reqs := make(chan req)
	go func() {
		for r := range reqs {
			r.resp <- r.n * r.n
		}
	}()
	r := req{7, make(chan int)}
	reqs <- r
	fmt.Println(<-r.resp)
	close(reqs)
}
