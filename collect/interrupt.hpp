// Ctrl-C, SIGTERM and a closed terminal: asked about, never an end in the middle of something. The second one ends at
// once.
#pragma once

namespace dotdiag::collect {

/// From now on signals are noted. A closed pipe becomes an error of the write.
void watch_for_interruption();

/// True once a signal has come.
bool is_interrupted();

/// The exit code of a program that a signal ended: 128 and its number; 0 where none has come.
int interruption_code();

}  // namespace dotdiag::collect
