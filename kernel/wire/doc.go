// Package wire is the Jupyter messaging protocol as bytes: the frames of a
// message, its signature, its JSON parts, and the connection file that says
// where a kernel listens. It opens no socket.
//
// A message travels as a list of frames, one ZeroMQ message:
//
//	identity…  <IDS|MSG>  signature  header  parent_header  metadata  content  buffer…
//
// The signature is the hexadecimal HMAC of the four JSON frames with the key of
// the connection file; an empty key means that nothing is signed. See "Messaging
// in Jupyter", section "The Wire Protocol", https://jupyter-client.readthedocs.io.
package wire
