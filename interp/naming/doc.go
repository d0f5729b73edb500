// Package naming has the names that exist only inside a session: of versions of
// declarations, of copies, of packages, of what generated code needs; and what a
// reader is shown in their place. No cell can have one of them: they contain __ or
// begin with p_.
package naming
