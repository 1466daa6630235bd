#include "patch/plugin/outcome.hpp"

#include "core/document/json_reader.hpp"
#include "patch/plugin/words.hpp"

#include <sstream>

namespace dotdiag {
namespace {

/// The answer as a document; a document a line makes a list.
Json parsed(const std::string& answer, bool is_list) {
  if (!is_list) return read_json(answer, "the answer");
  Json list = Json::array();
  std::istringstream lines(answer);
  for (std::string line; std::getline(lines, line);)
    if (!line.empty()) list.push_back(read_json(line, "the answer"));
  return list;
}

void print_json(const Outcome& outcome, const Question& question, const Session& session) {
  Json object = object_of({{"question", question.name},
                           {"namespace", session.plan().name_space},
                           {"pod", session.plan().pod},
                           {"container", session.plan().target},
                           {"debugger", session.plan().name()}});
  object["exitCode"] = outcome.exit_code;
  object["receivedBytes"] = outcome.fetched.received;
  if (outcome.fetched.stood) object["standstillSeconds"] = *outcome.fetched.stood;
  if (!outcome.fetched.problem.empty()) object["problem"] = outcome.fetched.problem;
  if (!outcome.file.empty()) {
    object["file"] = outcome.file;
    object["bytes"] = outcome.bytes;
    object["sha256"] = outcome.sha256;
  }
  if (!outcome.answer.empty()) object["answer"] = parsed(outcome.answer, question.is_live);
  session.terminal().out << object.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

void say_file(const Outcome& outcome, const Question& question, const Session& session) {
  const QuestionSettings& settings = session.settings().question;
  std::ostream& err = session.terminal().err;
  err << plugin_prefix << outcome.file << ": " << size_words(outcome.bytes) << ", whole and verified ("
      << size_words(outcome.fetched.received) << " came over the connection)";
  if (outcome.fetched.stood) err << "; the process stood still for " << time_words(*outcome.fetched.stood);
  err << '\n' << "SHA-256 " << outcome.sha256 << '\n';
  const bool is_packed = question.is_packed && settings.packing != "none";
  if (is_packed) err << "unpack it with: " << settings.packing << " -d " << word_for_any_shell(outcome.file) << '\n';
  if (question.open_with != nullptr && !is_packed)
    err << "open it with: " << question.open_with(outcome.file, settings) << '\n';
}

}  // namespace

void report(const Outcome& outcome, const Question& question, const Session& session) {
  if (!outcome.file.empty()) say_file(outcome, question, session);
  if (session.settings().question.format == "json") return print_json(outcome, question, session);
  if (!outcome.file.empty())
    session.terminal().out << outcome.file << '\n';
  else
    session.terminal().out << outcome.answer;
  session.terminal().out << std::flush;
}

}  // namespace dotdiag
