#include "patch/plugin/ask.hpp"

#include "core/document/error.hpp"
#include "patch/explain.hpp"
#include "patch/plugin/answer_file.hpp"
#include "patch/plugin/asking.hpp"
#include "patch/plugin/exit_codes.hpp"
#include "patch/plugin/find_pods.hpp"

namespace dotdiag {
namespace {

/// Names what is needed of one who asks several pods.
void check_several(const Question& question, const PluginSettings& settings) {
  const bool is_one_file = !settings.question.file.empty() && !is_directory(settings.question.file);
  if (settings.question.all_pods && is_one_file)
    throw InputError("--file", {},
                     settings.question.file + " is no directory, and --all-pods makes a file for each pod",
                     "give a directory");
  if (settings.question.packing != "none" && !question.is_packed)
    throw InputError("--compress", {}, std::string(question.name) + " makes no file that would be packed",
                     "leave it out");
}

}  // namespace

int ask(const Question& question, const PluginSettings& settings, const Terminal& terminal) {
  check_several(question, settings);
  const std::vector<std::string> pods = find_pods(settings, terminal);
  int worst = pods.empty() ? not_ready : done;
  for (const std::string& pod : pods) {
    PluginSettings own = settings;
    own.pod = pod;
    own.choices.debugger = DebuggerKind::native;
    const int code = Asking(question, own, terminal).run();
    if (code > 128) return code;
    if (code != done) worst = code;
  }
  return worst;
}

}  // namespace dotdiag
