package kernel

import (
	"errors"
	"maps"
	"slices"

	"crossbook/kernel/display"
	"crossbook/kernel/wire"
)

// execute answers execute_request: it runs a cell.
func (s *Server) execute(r request) (any, error) {
	if r.aborted {
		return wire.ExecuteAborted{Status: wire.Status{Status: "aborted"}, ExecutionCount: s.count}, nil
	}
	req := wire.DefaultExecuteRequest()
	if err := r.Decode(&req); err != nil {
		return nil, err
	}
	if req.Code == nil {
		return nil, errors.New("kernel: execute_request: code: missing")
	}
	if !req.Silent && req.StoreHistory {
		s.count++
		s.past.Add(s.count, *req.Code)
	}
	reply := s.run(r, req)
	if reply.Err == nil {
		return wire.ExecuteOK{
			Status:          wire.OK,
			ExecutionCount:  s.count,
			Payload:         []any{},
			UserExpressions: s.evaluate(r, req.UserExpressions),
		}, nil
	}
	if req.StopOnError {
		s.waiting.abort()
	}
	return wire.ExecuteFailure{Failure: failure(reply.Err), ExecutionCount: s.count}, nil
}

// run publishes the input, the outputs and the error of a cell.
func (s *Server) run(r request, req wire.ExecuteRequest) Reply {
	if !req.Silent {
		s.iopub.publish(r.RawHeader, "execute_input", wire.ExecuteInput{Code: *req.Code, ExecutionCount: s.count})
	}
	out := &output{
		pub:    s.iopub,
		parent: r.RawHeader,
		number: s.outputs.Add(1),
		count:  s.count,
		silent: req.Silent,
	}
	defer out.end() // also when the interpreter panics
	cell := Cell{Count: s.count, Code: *req.Code, Silent: req.Silent}
	if req.AllowStdin {
		cell.Input = s.inputOf(r, out)
	}
	reply := s.interpreter.Execute(cell, out.sink)
	out.end()
	if reply.Err != nil {
		s.iopub.publish(r.RawHeader, "error", wireError(reply.Err))
	}
	return reply
}

// evaluate returns the values of the user expressions, each a bundle or an error.
// What they print or show besides is the cell's.
func (s *Server) evaluate(r request, expressions map[string]string) map[string]any {
	values := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(expressions)) {
		out := &output{pub: s.iopub, parent: r.RawHeader, number: s.outputs.Add(1), count: s.count}
		value := wire.UserExpression{Status: wire.OK, Data: map[string]any{}, Metadata: map[string]any{}}
		reply := s.interpreter.Execute(Cell{Count: s.count, Code: expressions[name]}, func(event display.Event) {
			if result, ok := event.(display.Result); ok {
				value.Data, value.Metadata = dict(result.Bundle.Data), dict(result.Bundle.Metadata)
				return
			}
			out.sink(event)
		})
		out.end()
		values[name] = value
		if reply.Err != nil {
			values[name] = failure(reply.Err)
		}
	}
	return values
}
