// Package transport guards ZeroMQ sockets against their peers.
//
// The library that speaks ZMTP here, go-zeromq/zmq4, trusts whoever connects: a
// peer that stays silent blocks all later ones, a malformed handshake or a frame
// of absurd length ends the process, a client that does not read stalls the
// others, and what was queued at Close is lost. A kernel outlives all of that.
// So zmq4 never meets a peer: [Listen] gives the socket a listener that
//
//   - shakes hands with all comers in parallel and under a deadline, and hands
//     zmq4 a handshake of its own making;
//   - reads frame by frame, cuts connections that exceed the [Limits], and answers
//     heartbeats, which zmq4 would take for messages;
//   - queues what is written to a connection, so that writing never waits; a
//     client that does not read is dropped as a whole once its queue is full,
//     because a stream with holes is worse than one that ends;
//   - refuses a second client of the same identity;
//   - sends what is queued before it closes.
//
// The protocol is ZMTP 3.0 (https://rfc.zeromq.org/spec/23), mechanism NULL, or
// CURVE where the socket has keys: zmq4 cannot encrypt, and need not, for the guard
// speaks CURVE with the peer and hands zmq4 the plain text.
package transport
