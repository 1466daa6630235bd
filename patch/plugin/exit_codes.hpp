// How a run of the plugin can end, for scripts.
#pragma once

namespace dotdiag {

enum ExitCode : int {
  done = 0,          ///< the answer is here, whole and verified
  not_ready = 1,     ///< the pod cannot be diagnosed, or the server refused
  misuse = 2,        ///< of the command line; no consent; no kubectl; the file cannot be written
  incomplete = 3,    ///< the answer is here, and says itself that something is missing from it, or that there is none
  lost = 4,          ///< the connection was cut or stood still, or what came is damaged: nothing was kept
  failed_there = 5,  ///< the command in the pod could not do it
  too_dear = 6,      ///< it would cost, or did cost, more than --max-pause or --max-memory allow
};

}  // namespace dotdiag
