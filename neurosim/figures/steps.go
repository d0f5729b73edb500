package main

func measureSteps(python string, rounds int) error { return nil }
