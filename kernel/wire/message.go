package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// delimiter separates the identities, which are the sockets' business, from the
// message proper.
var delimiter = []byte("<IDS|MSG>")

// ErrSignature is in the chain of the error of [Parse] for a message that was not
// signed with the session's key.
var ErrSignature = errors.New("wrong signature")

// empty is a JSON dictionary without entries; frames are never left out.
var empty = json.RawMessage("{}")

// Message is one message of any channel.
type Message struct {
	Identities [][]byte        // route of the client on a ROUTER socket, or the topic on iopub
	Header     Header          // decoded
	RawHeader  json.RawMessage // as received: what replies carry as their parent header
	Parent     json.RawMessage // raw header of the request this belongs to; nil: none
	Metadata   json.RawMessage // nil: none
	Content    json.RawMessage // a dictionary whose keys depend on the type; nil: none
	Buffers    [][]byte        // binary parts, not signed
	Signature  []byte          // as received; empty when nothing is signed
}

// Parse decodes the frames of one message and checks its signature. It refuses a
// message that nobody could answer: without delimiter, with frames missing,
// wrongly signed, or with a header that is not one. Content is not looked into;
// see [Message.Decode].
func Parse(frames [][]byte, signer Signer) (Message, error) {
	at := indexOf(frames, delimiter)
	if at < 0 {
		return Message{}, errors.New("kernel/wire: message: no delimiter <IDS|MSG>")
	}
	body := frames[at+1:]
	if len(body) < 5 {
		return Message{}, fmt.Errorf("kernel/wire: message: %d frames after the delimiter, want 5 or more", len(body))
	}
	if !signer.valid(body[0], body[1:5]...) {
		return Message{}, fmt.Errorf("kernel/wire: message: %w", ErrSignature)
	}
	m := Message{
		Identities: frames[:at],
		RawHeader:  body[1],
		Parent:     body[2],
		Metadata:   body[3],
		Content:    body[4],
		Buffers:    body[5:],
		Signature:  body[0],
	}
	if err := m.decodeHeader(); err != nil {
		return Message{}, fmt.Errorf("kernel/wire: message: header: %w", err)
	}
	return m, nil
}

// decodeHeader fills in Header from RawHeader, which must be fit to be sent back.
func (m *Message) decodeHeader() error {
	if !utf8.Valid(m.RawHeader) {
		return errors.New("not UTF-8")
	}
	if err := json.Unmarshal(m.RawHeader, &m.Header); err != nil {
		return err
	}
	if m.Header.MsgType == "" {
		return errors.New("no msg_type")
	}
	return nil
}

// Decode stores the content in the struct that v points to. Unknown keys are
// ignored, as the protocol asks; anything but a dictionary is an error.
func (m Message) Decode(v any) error {
	if c := bytes.TrimSpace(m.Content); len(c) == 0 || c[0] != '{' {
		return fmt.Errorf("kernel/wire: %s: content is not a dictionary", m.Header.MsgType)
	}
	if err := json.Unmarshal(m.Content, v); err != nil {
		return fmt.Errorf("kernel/wire: %s: content: %w", m.Header.MsgType, err)
	}
	return nil
}

// Encode stores v as the content. Invalid UTF-8 in its strings is replaced by
// U+FFFD; a value that JSON cannot hold is an error.
func (m *Message) Encode(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // shorter, and nothing here is read as HTML
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("kernel/wire: %s: content: %w", m.Header.MsgType, err)
	}
	m.Content = bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	return nil
}

// Frames returns the signed frames of the message.
func (m Message) Frames(signer Signer) ([][]byte, error) {
	header, err := json.Marshal(m.Header)
	if err != nil {
		return nil, fmt.Errorf("kernel/wire: message: header: %w", err)
	}
	parts := [][]byte{header, orEmpty(m.Parent), orEmpty(m.Metadata), orEmpty(m.Content)}
	frames := make([][]byte, 0, len(m.Identities)+6+len(m.Buffers))
	frames = append(frames, m.Identities...)
	frames = append(frames, delimiter, signer.sign(parts...))
	frames = append(frames, parts...)
	return append(frames, m.Buffers...), nil
}

func orEmpty(part json.RawMessage) json.RawMessage {
	if len(part) == 0 {
		return empty
	}
	return part
}

// indexOf returns the index of the first frame equal to want, or -1.
func indexOf(frames [][]byte, want []byte) int {
	for i, f := range frames {
		if bytes.Equal(f, want) {
			return i
		}
	}
	return -1
}
