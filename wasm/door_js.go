package main

import (
	"context"
	"runtime/debug"
	"syscall/js"
	"time"
)

// The garbage collector is off while packages initialise (the worker starts the
// program with GOGC=off), because nothing of what they make is garbage. From
// then on it trades memory for speed, until the heap nears the limit: a phone
// ends a tab that takes too much.
const (
	gcPercent   = 400
	memoryLimit = 384 << 20 // bytes
)

// turn is how long the program may hold the worker's event loop before it lets
// messages in. A cancel takes effect at the first progress after that.
const turn = 30 * time.Millisecond

// main hands the door to the worker, which calls it through the function that
// it left under the name certlensReady, and then waits for calls.
func main() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
	js.Global().Call("certlensReady", js.FuncOf(open))
	select {}
}

// open is the door: call(method, Uint8Array, onProgress, signal) →
// Promise<Uint8Array>. onProgress is a function that takes a Uint8Array, or
// undefined; signal is an AbortSignal, or undefined.
func open(_ js.Value, args []js.Value) any {
	var executor js.Func
	executor = js.FuncOf(func(_ js.Value, settle []js.Value) any {
		go func() {
			defer executor.Release()
			out, err := serve(args)
			if err != nil {
				settle[1].Invoke(js.Global().Get("Error").New(err.Error()))
				return
			}
			settle[0].Invoke(toJS(out))
		}()
		return nil
	})
	return js.Global().Get("Promise").New(executor)
}

func serve(args []js.Value) ([]byte, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	args = append(args, make([]js.Value, 4)...) // those left out are undefined
	name, in, onProgress, signal := args[0].String(), args[1], args[2], args[3]
	defer onAbort(signal, cancel)()
	read := func() []byte {
		data := make([]byte, in.Length())
		js.CopyBytesToGo(data, in)
		return data
	}
	last := time.Now()
	return call(ctx, name, read, func(p []byte) {
		if p != nil && onProgress.Truthy() {
			onProgress.Invoke(toJS(p))
		}
		if time.Since(last) > turn {
			pause()
			last = time.Now()
		}
	})
}

// onAbort calls cancel when the signal fires, and gives the function that ends
// the watch.
func onAbort(signal js.Value, cancel func()) (stop func()) {
	if !signal.Truthy() {
		return func() {}
	}
	f := js.FuncOf(func(js.Value, []js.Value) any { cancel(); return nil })
	signal.Call("addEventListener", "abort", f)
	if signal.Get("aborted").Bool() {
		cancel()
	}
	return func() {
		signal.Call("removeEventListener", "abort", f)
		f.Release()
	}
}

// pause gives the event loop one turn. A message to oneself comes back after
// the messages that are already waiting, and unlike a timer it is not held back
// for 4 ms.
func pause() {
	done := make(chan struct{})
	f := js.FuncOf(func(js.Value, []js.Value) any { close(done); return nil })
	defer f.Release()
	channel := js.Global().Get("MessageChannel").New()
	channel.Get("port1").Set("onmessage", f)
	channel.Get("port2").Call("postMessage", nil)
	<-done
	channel.Get("port1").Call("close")
}

func toJS(data []byte) js.Value {
	array := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(array, data)
	return array
}
