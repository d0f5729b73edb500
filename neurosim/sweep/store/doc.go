// Package store keeps the results of trainings, so that none is computed twice.
//
// A [File] is one SQLite file a project. A result is found by its key, a hash of all
// that it depends on: the experiment, the checksum of its data, the version of the
// simulator. Several processes may use a file at once, and a process that is
// killed leaves every result that it had kept. The file must not be on a network
// file system, whose locks SQLite cannot trust.
//
// # SQL
//
// The file is open to any program that reads SQLite. It has one table and two
// views:
//
//	runs      key, created (UTC), spec (hash of the experiment), seed, version (of
//	          the simulator), data, checksum (of the data), rule, net, device,
//	          accuracy (%), loss, epochs, seconds (wall time), error,
//	          experiment and result (JSON), sum (SHA-256 of the row's content)
//	epochs    key, epoch, train_loss, test_loss, accuracy
//	settings  key, field ("Device.LTP"), value
//
// In a cell:
//
//	store.Query("crossbook.sqlite", `
//		SELECT s.value AS LTP, avg(r.accuracy) AS accuracy
//		FROM runs r JOIN settings s USING (key)
//		WHERE s.field = 'Device.LTP' GROUP BY LTP`)
package store
