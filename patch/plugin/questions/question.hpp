// What can be asked of a process: one file of questions/ each. A question knows its command of dotdiag-collect, what
// that costs the process, and what to do with the answer.
#pragma once

#include "patch/plugin/price.hpp"
#include "patch/plugin/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// An option that dotdiag-collect is given as it is.
struct PassedOption {
  const char* names;    ///< `-d,--duration`
  const char* metavar;  ///< nullptr: a flag
  const char* help;
  std::vector<std::string> choices = {};  ///< if it takes nothing else
};

struct Question {
  const char* name;
  const char* summary;
  const char* ending = nullptr;  ///< of the file; nullptr: the answer is text for the terminal
  std::vector<PassedOption> options = {};
  /// The command of dotdiag-collect, without what `passed` adds.
  std::vector<std::string> (*command)(const QuestionSettings& settings) = nullptr;
  /// nullptr: it costs nothing worth a question.
  Price (*price)(const ProcessCost& cost, const QuestionSettings& settings) = nullptr;
  /// What another try would cost the process; nullptr: nothing, so that one is made after a cut.
  const char* again = nullptr;
  /// nullptr: a text needs no program.
  std::string (*open_with)(const std::string& file, const QuestionSettings& settings) = nullptr;
  /// Packed with zstd on the way.
  bool is_packed = false;
  bool takes_duration = false;
  /// What comes is of use at once.
  bool is_live = false;
};

/// In the order of the help.
const std::vector<Question>& questions();

/// The last value of the option `name` (without dashes) among those that are passed on; empty where it was not given.
std::string passed_value(const QuestionSettings& settings, std::string_view name);

/// `words`, and that the answer is to be JSON where that was asked for.
std::vector<std::string> in_format(std::vector<std::string> words, const QuestionSettings& settings);

// One for each file.
Question counters_question();
Question dump_question();
Question gcdump_question();
Question heap_question();
Question ps_question();
Question stacks_question();
Question trace_question();

}  // namespace dotdiag
