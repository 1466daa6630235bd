// Why a debugger cannot reach a process in some way, and what would open that way.
#pragma once

#include <string>

namespace dotdiag {

struct Obstacle {
  std::string reason;        ///< empty: there is none
  std::string remedy;        ///< an imperative; empty where nothing helps
  bool is_question = false;  ///< nothing need change: somebody has to say what the pod does not
  bool empty() const { return reason.empty(); }
  /// `reason: remedy`.
  std::string text() const { return remedy.empty() ? reason : reason + ": " + remedy; }
};

}  // namespace dotdiag
