// What became of a question, in words for people and as JSON for scripts.
#pragma once

#include "patch/plugin/fetch/fetch.hpp"
#include "patch/plugin/questions/question.hpp"
#include "patch/plugin/session.hpp"

#include <string>

namespace dotdiag {

struct Outcome {
  int exit_code = 0;
  Fetched fetched;
  std::string file;         ///< that was kept; empty: none
  std::uint64_t bytes = 0;  ///< of the file
  std::string sha256;       ///< of the file
  std::string answer;       ///< where it is no file
};

/// Says it on the terminal, and prints on standard output the answer, or the path of the file, or all of it as one line
/// of JSON.
void report(const Outcome& outcome, const Question& question, const Session& session);

}  // namespace dotdiag
