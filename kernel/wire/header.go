package wire

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// Version is the version of the messaging protocol that headers and
// kernel_info_reply announce: the newest one whose every duty is kept.
const Version = "5.5"

// dateLayout is ISO 8601 with microseconds and zone. Notebooks store these dates
// as the cell's timing, so whole seconds would not do.
const dateLayout = "2006-01-02T15:04:05.000000Z07:00"

// Header says what a message is and who sent it.
type Header struct {
	MsgID    string `json:"msg_id"`   // unique per message
	Session  string `json:"session"`  // unique per process
	Username string `json:"username"` // of the sender; the kernel's is "kernel"
	Date     string `json:"date"`     // ISO 8601
	MsgType  string `json:"msg_type"` // "execute_request", "stream" ...
	Version  string `json:"version"`  // of the protocol

	SubshellID string `json:"subshell_id,omitempty"` // of a request to a subshell
}

// Session makes the headers of one process.
type Session struct {
	ID       string // random, see [NewSession]
	Username string // "kernel", or the name of a client
}

// NewSession returns a session with a random identifier.
func NewSession(username string) Session {
	return Session{ID: newID(), Username: username}
}

// Header returns a header for a new message of the type, dated now.
func (s Session) Header(msgType string) Header {
	return Header{
		MsgID:    newID(),
		Session:  s.ID,
		Username: s.Username,
		Date:     time.Now().UTC().Format(dateLayout),
		MsgType:  msgType,
		Version:  Version,
	}
}

// newID returns 16 random bytes in hexadecimal.
func newID() string {
	var id [16]byte
	rand.Read(id[:]) // never fails, says crypto/rand
	return hex.EncodeToString(id[:])
}
