#include "patch/plugin/asking.hpp"

#include "core/document/error.hpp"
#include "patch/explain.hpp"
#include "patch/plugin/aftermath.hpp"
#include "patch/plugin/answer_file.hpp"
#include "patch/plugin/bring_debugger.hpp"
#include "patch/plugin/consent.hpp"
#include "patch/plugin/exit_codes.hpp"
#include "patch/plugin/fetch/destinations.hpp"
#include "patch/plugin/interruption.hpp"
#include "patch/plugin/server_refusal.hpp"
#include "patch/plugin/words.hpp"

#include <chrono>
#include <ctime>
#include <thread>

namespace dotdiag {
namespace {

constexpr int free_retries = 3;
constexpr auto between_tries = std::chrono::seconds(2);

}  // namespace

int Asking::run() {
  if (!session_.look() || !session_.is_ready()) return not_ready;
  file_ = answer_file(question_, settings_.question, session_.plan().pod, std::time(nullptr));
  if (settings_.question.dry_run) return show_plan();
  if (const int code = bring_debugger(session_); code != done) return code;
  const InterruptionWatch watch;
  if (const int code = agree_on_price(); code != done) return code;
  return get();
}

std::vector<std::string> Asking::command() const {
  std::vector<std::string> words = question_.command(settings_.question);
  words.insert(words.end(), settings_.question.passed.begin(), settings_.question.passed.end());
  const std::vector<std::string>& target = session_.plan().process_options;
  words.insert(words.end(), target.begin(), target.end());
  // `ps` looks for sockets. A process that connects to one of ours is not found by looking: it says itself who it is.
  const bool connects = !target.empty() && target.front().starts_with("--port");
  if (connects && words.front() == "ps") words.front() = "info";
  return words;
}

int Asking::show_plan() const {
  DebuggerPlan plan = session_.plan();
  const bool is_there = !settings_.another && !plan.present.empty();
  if (is_there) plan.container["name"] = plan.present;
  Json object = object_of({{"pod", plan.pod}, {"namespace", plan.name_space}, {"container", plan.target}});
  object["adds"] = is_there ? Json(nullptr) : plan.container;
  object["command"] = exec_words(plan);
  for (const std::string& word : command())
    object["command"].push_back(word);
  print_warnings(session_.plan(), plugin_prefix, terminal_.err);
  terminal_.out << object.dump(settings_.question.format == "json" ? -1 : 2, ' ', false, Json::error_handler_t::replace)
                << '\n';
  say("nothing was changed");
  return done;
}

/// Says what it costs, and asks; again where something speaks against it.
int Asking::agree_on_price() {
  if (question_.price == nullptr) return done;
  std::vector<std::string> words = {"cost", "--format=json"};
  const std::vector<std::string>& target = session_.plan().process_options;
  words.insert(words.end(), target.begin(), target.end());
  for (const std::string_view name : {"pid", "through"})
    if (const std::string value = passed_value(settings_.question, name); !value.empty())
      words.push_back("--" + std::string(name) + "=" + value);
  ToMemory answer;
  if (const Fetched fetched = get_answer(words, answer, free_retries);
      fetched.end != Fetched::End::whole || fetched.exit_code != 0)
    return verdict(fetched);
  const ProcessCost cost = parse_cost(answer.text());
  const Price price = question_.price(cost, settings_.question);
  if (!price.impossible.empty()) return say(price.impossible), failed_there;
  say(price.words);
  if (const std::string more = excess(price, settings_.question); !more.empty()) return say(more), too_dear;
  const std::vector<std::string> reasons = objections(price, cost, session_);
  for (const std::string& reason : reasons)
    say("warning: " + reason);
  if (!reasons.empty()) return has_consent(terminal_, settings_.question.accepts_risk, "--accept-risk") ? done : misuse;
  return has_consent(terminal_, settings_.yes, "--yes") ? done : misuse;
}

/// Tries again where the connection was cut and another try costs nothing, or was asked for.
Fetched Asking::get_answer(const std::vector<std::string>& command, Destination& destination, int retries) {
  FetchWish wish;
  wish.exec = exec_words(session_.plan());
  wish.command = command;
  wish.title = session_.plan().pod;
  wish.patience = std::chrono::seconds(settings_.question.patience_seconds);
  wish.most_pause = settings_.question.most_pause;
  wish.show = [&](const std::string& line) {
    if (terminal_.shows_progress) terminal_.err << "\r\x1B[K" << line << std::flush;
  };
  wish.say = [&](const std::string& line) { terminal_.err << "  " << line << '\n'; };
  for (int left = retries;; --left) {
    Fetched fetched = fetch(session_.kubectl(), wish, destination);
    if (left <= 0 || !is_worth_another(fetched)) return fetched;
    say(fetched.problem + ": trying again");
    std::this_thread::sleep_for(between_tries);
    if (interruption() != 0) return fetched;
  }
}

bool Asking::is_worth_another(const Fetched& fetched) const {
  using End = Fetched::End;
  const bool is_cut = fetched.end == End::cut || fetched.end == End::stalled || fetched.end == End::unusable;
  // What the server refuses once it refuses again.
  return is_cut && (fetched.has_begun || explain_server_refusal(fetched.complaint).empty());
}

int Asking::get() {
  const int own = question_.again == nullptr && !question_.is_live ? free_retries : 0;
  const int retries = settings_.question.retries >= 0 ? settings_.question.retries : own;
  Outcome outcome;
  if (file_) {
    LocalFile file(*file_);
    ToFile destination(file, question_.is_packed && settings_.question.packing == "none");
    outcome.fetched = get_answer(command(), destination, retries);
    outcome.exit_code = verdict(outcome.fetched);
    const bool is_answer = outcome.exit_code == done || outcome.exit_code == incomplete;
    if (is_answer && file.size() > 0) {
      outcome.bytes = file.size();
      outcome.sha256 = file.sha256();
      file.keep();
      outcome.file = *file_;
    }
  } else if (question_.is_live && settings_.question.format != "json") {
    ToStream destination(terminal_.out);
    outcome.fetched = get_answer(command(), destination, retries);
    outcome.exit_code = verdict(outcome.fetched);
  } else {
    ToMemory destination;
    outcome.fetched = get_answer(command(), destination, retries);
    outcome.exit_code = verdict(outcome.fetched);
    if (outcome.exit_code == done || outcome.exit_code == incomplete) outcome.answer = destination.text();
  }
  report(outcome, question_, session_);
  return outcome.exit_code;
}

/// The exit code, said where it is none of success.
int Asking::verdict(const Fetched& fetched) {
  using End = Fetched::End;
  if (fetched.end == End::whole)
    return fetched.exit_code == 0 ? done : fetched.exit_code == 1 ? incomplete : failed_there;
  const std::string nothing_kept = "; no file was kept";
  if (fetched.end == End::interrupted) {
    say("interrupted" + nothing_kept +
        (fetched.has_ended_there ? ", and the command in the pod has ended"
                                 : ", and the command in the pod ends now that the connection is closed"));
    return 128 + interruption();
  }
  if (fetched.end == End::too_long) {
    say("the process stood still for longer than --max-pause allows: it was let go" + nothing_kept);
    return too_dear;
  }
  if (!fetched.complaint.empty() || !fetched.has_begun) session_.report({1, "", fetched.complaint});
  if (!fetched.has_begun && !explain_server_refusal(fetched.complaint).empty()) return not_ready;
  const char* what = fetched.end == End::stalled    ? "nothing came any longer: "
                     : fetched.end == End::unusable ? "what came is damaged: "
                                                    : "the connection was cut: ";
  say(what + fetched.problem + ", after " + size_words(fetched.received) + nothing_kept);
  const std::vector<std::string> happened = what_happened(session_);
  for (const std::string& sentence : happened)
    say(sentence);
  if (!fetched.has_begun && happened.empty())
    say("does the debugger still run, and is its image one of this version? --new adds another one");
  else
    say(question_.again == nullptr ? "run the command again"
                                   : std::string("run the command again, or pass --retries; ") + question_.again);
  return lost;
}

}  // namespace dotdiag
