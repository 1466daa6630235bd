// The changes that rules propose beyond adding: the linter makes them with --unsafe-fixes only.
#pragma once

#include "core/edit/edit.hpp"

namespace dotdiag {

/// The value at `path`, which is there, becomes `value`.
inline Edit replaced(Pointer path, Json value) {
  return {std::move(path), std::move(value), Operation::replace};
}

/// The member or item at `path`, which is there, goes. Items behind it move up: in one fix, remove the last one first.
inline Edit removed(Pointer path) {
  return {std::move(path), Json(), Operation::remove};
}

}  // namespace dotdiag
