#include "core/policy/monitor.hpp"

#include "core/policy/image.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/runtime_settings.hpp"
#include "core/policy/targets.hpp"
#include "core/policy/windows.hpp"

#include <algorithm>
#include <set>

namespace dotdiag {
namespace {

using Known = MonitorSetting::Kind;

constexpr std::string_view own_prefix = "dotnetmonitor_";
constexpr std::string_view settings_directory = "/etc/dotnet-monitor";
constexpr std::string_view file_option = "--configuration-file-path";
constexpr std::string_view tool_urls = "https://localhost:52323";
constexpr std::string_view image_urls = "https://+:52323";
constexpr int first_with_shared_path = 7;

/// More than a pod has. Each is compared with each target, and that is not to be quadratic.
constexpr std::size_t most_monitors = 8;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& byte : result)
    byte = lower_case(byte);
  return result;
}

bool ends_with(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

bool starts_with(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

/// True where a mount there could bring settings: /etc/dotnet-monitor, or the user's own directory.
bool holds_settings(std::string_view mount_path) {
  const std::string path = normal_path(mount_path);
  const bool is_above = path == "/" || path == "/etc" || path == settings_directory;
  const bool is_inside =
      starts_with(path, settings_directory) && path.find('/', settings_directory.size()) == settings_directory.size();
  return is_above || is_inside || ends_with(path, "/.config/dotnet-monitor") || ends_with(path, "/.dotnet-monitor");
}

/// `/tools/dotnet-monitor` is `dotnet-monitor`.
std::string_view base_name(std::string_view program) {
  return program.substr(program.find_last_of('/') + 1);
}

bool has_own_variable(const Json& container) {
  const auto& variables = items_member(container, "env");
  return std::any_of(variables.begin(), variables.end(), [](const Json& variable) {
    return equal_but_for_case(text_member(variable, "name").substr(0, own_prefix.size()), own_prefix);
  });
}

bool collects(const Json& container) {
  const auto& args = items_member(container, "args");
  return !args.empty() && args.front() == "collect";
}

bool looks_like_monitor(const ContainerView& container) {
  return is_dotnet_monitor(container) || has_own_variable(*container.json);
}

bool is_monitor(const Debugger& debugger) {
  if (looks_like_monitor(debugger)) return true;
  return debugger.form == Debugger::Form::custom_profile && collects(*debugger.json);
}

/// Most pods have none, and many rules ask: seen before anything is built.
bool may_have_monitors(const PodView& pod) {
  const Json& spec = pod.spec();
  for (const char* list : {"containers", "initContainers"}) {
    const auto& containers = items_member(spec, list);
    const auto found = std::find_if(containers.begin(), containers.end(), [](const Json& container) {
      return looks_like_monitor({{}, &container});
    });
    if (found != containers.end()) return true;
  }
  return false;
}

/// Those that are to be watched themselves, whatever they look like.
std::set<const Json*> target_objects(const Subject& subject) {
  std::set<const Json*> targets;
  for (const ContainerView& target : subject.targets())
    targets.insert(target.json);
  return targets;
}

}  // namespace

Monitor::Monitor(ContainerView container, const Debugger* debugger)
    : container_(std::move(container)), debugger_(debugger) {
  std::size_t index = 0;
  for (const Json& variable : items_member(*container_.json, "env"))
    variables_[lower(text_member(variable, "name"))] = index++;
  read_words();
  has_unseen_settings_ = has_other_command_ || has_files();
}

void Monitor::read_words() {
  for (const char* field : {"command", "args"}) {
    std::size_t index = 0;
    for (const Json& word : items_member(*container_.json, field)) {
      const Pointer at = container_.path / field / index++;
      words_.push_back({word.is_string() ? word.get<std::string>() : "", at});
    }
  }
  if (items_member(*container_.json, "command").empty()) return;
  const bool is_tool = base_name(words_.front().text) == "dotnet-monitor";
  const bool is_driver = !is_tool && words_.size() > 1 && base_name(words_.front().text) == "dotnet" &&
                         words_[1].text.find("monitor") != std::string::npos;
  has_other_command_ = !is_tool && !is_driver;
  words_.erase(words_.begin(), words_.begin() + (is_driver ? 2 : 1));
}

bool Monitor::has_files() const {
  if (!items_member(*container_.json, "envFrom").empty()) return true;
  const auto& mounts = items_member(*container_.json, "volumeMounts");
  return std::any_of(mounts.begin(), mounts.end(),
                     [](const Json& mount) { return holds_settings(text_member(mount, "mountPath")); }) ||
         std::any_of(words_.begin(), words_.end(),
                     [](const Word& word) { return starts_with(word.text, file_option); });
}

std::string Monitor::subject() const {
  return container_.name().empty() ? "the debugger" : named(container_);
}

bool Monitor::has_known_image() const {
  return is_dotnet_monitor(container_) ||
         (debugger_ != nullptr && debugger_->form == Debugger::Form::custom_profile && container_.image().empty());
}

std::optional<Version> Monitor::version() const {
  return Image::parse(container_.image()).dotnet_version();
}

bool Monitor::is_before(int major) const {
  const auto known = version();
  return known && known->major < major;
}

MonitorSetting Monitor::nowhere() const {
  return {has_unseen_settings_ ? Known::unknown : Known::absent, {}, container_.path};
}

/// The variable whose name in lower case is `name`; an empty one says nothing.
MonitorSetting Monitor::variable(std::string_view name) const {
  const auto found = variables_.find(std::string(name));
  if (found == variables_.end()) return nowhere();
  const Pointer at = container_.path / "env" / found->second;
  const Json& written = items_member(*container_.json, "env")[found->second];
  EnvValue value = env_value(*container_.json, text_member(written, "name"));
  if (value.kind != EnvValue::Kind::literal) return {Known::unknown, {}, at};
  return {value.value.empty() ? Known::absent : Known::known, std::move(value.value), at};
}

MonitorSetting Monitor::setting(std::string_view name) const {
  const std::string plain = lower(name);
  const std::string prefixed = std::string(own_prefix) + plain;
  return variables_.count(prefixed) != 0 ? variable(prefixed) : variable(plain);
}

MonitorSetting Monitor::first_of(std::string_view section, std::string_view value) const {
  const std::string head = lower(section);
  std::size_t index = 0;
  for (const Json& written : items_member(*container_.json, "env")) {
    const Pointer at = container_.path / "env" / index++;
    const std::string name = lower(text_member(written, "name"));
    const std::size_t skipped = starts_with(name, own_prefix) ? own_prefix.size() : 0;
    const auto text = text_member(written, "value");
    if (name.compare(skipped, head.size(), head) != 0 || text.empty()) continue;
    if (value.empty() || lower(text) == value) return {Known::known, std::string(text), at};
  }
  return nowhere();
}

const Monitor::Word* Monitor::flag(std::string_view name) const {
  for (std::size_t index = 0; index < words_.size(); ++index) {
    const std::string text = lower(words_[index].text);
    const bool is_off = index + 1 < words_.size() && lower(words_[index + 1].text) == "false";
    if ((text == name && !is_off) || text == std::string(name) + "=true") return &words_[index];
  }
  return nullptr;
}

MonitorSetting Monitor::option(std::string_view name) const {
  for (std::size_t index = 0; index < words_.size(); ++index) {
    const std::string& text = words_[index].text;
    const bool is_alone = text == name && index + 1 < words_.size();
    if (!is_alone && !starts_with(text, std::string(name) + "=")) continue;
    const Word& word = words_[is_alone ? index + 1 : index];
    const std::string value = is_alone ? word.text : text.substr(name.size() + 1);
    const bool is_reference = value.find("$(") != std::string::npos;
    return {is_reference ? Known::unknown : Known::known, is_reference ? "" : value, word.at};
  }
  return {Known::absent, {}, container_.path};
}

Monitor::Mode Monitor::mode() const {
  const MonitorSetting port = setting("DiagnosticPort");
  if (port.is_known()) return Mode::listen;
  const MonitorSetting written = setting("DiagnosticPort__ConnectionMode");
  if (written.is_known()) {
    const std::string value = lower(written.value);
    return value == "listen" ? Mode::listen : value == "connect" ? Mode::connect : Mode::unknown;
  }
  if (!option("--diagnostic-port").is_absent()) return Mode::listen;
  return port.is_absent() && written.is_absent() ? Mode::connect : Mode::unknown;
}

Pointer Monitor::mode_at() const {
  for (const char* name : {"DiagnosticPort", "DiagnosticPort__ConnectionMode"}) {
    if (MonitorSetting written = setting(name); written.is_known()) return written.at;
  }
  return option("--diagnostic-port").at;
}

MonitorSetting Monitor::endpoint() const {
  for (const char* name : {"DiagnosticPort", "DiagnosticPort__EndpointName"}) {
    if (MonitorSetting written = setting(name); !written.is_absent()) return written;
  }
  if (MonitorSetting port = option("--diagnostic-port"); !port.is_absent()) return port;
  MonitorSetting shared = is_before(first_with_shared_path) ? nowhere() : setting("Storage__DefaultSharedPath");
  if (shared.is_known()) shared.value = normal_path(shared.value + "/dotnet-monitor.sock");
  return shared;
}

MonitorSetting Monitor::urls() const {
  for (const char* name : {"urls", "aspnetcore_urls", "dotnet_urls"}) {
    if (MonitorSetting written = setting(name); !written.is_absent()) return written;
  }
  for (const char* name : {"--urls", "-u"}) {
    if (MonitorSetting written = option(name); !written.is_absent()) return written;
  }
  const bool has_image_command = words_.empty() || is_before(first_with_shared_path);
  return {Known::known, std::string(has_image_command && has_known_image() ? image_urls : tool_urls), container_.path};
}

std::vector<Monitor> monitors_of(const Subject& subject) {
  std::vector<Monitor> monitors;
  if (subject.debugger != nullptr) {
    if (is_monitor(*subject.debugger)) monitors.emplace_back(*subject.debugger, subject.debugger);
    return monitors;
  }
  if (!may_have_monitors(subject.pod) || is_windows(subject.pod)) return monitors;
  const auto targets = target_objects(subject);
  for (const auto* containers : {&subject.pod.containers(), &subject.pod.native_sidecars()}) {
    for (const ContainerView& container : *containers) {
      if (looks_like_monitor(container) && targets.count(container.json) == 0)
        monitors.emplace_back(container, nullptr);
      if (monitors.size() == most_monitors) return monitors;
    }
  }
  return monitors;
}

std::vector<ContainerView> watched_by(const Monitor& monitor, const Subject& subject) {
  const Debugger* debugger = monitor.debugger();
  if (debugger != nullptr && !text_member(*debugger->json, "targetContainerName").empty()) {
    const auto named = subject.debugger_target();
    return named ? std::vector{*named} : std::vector<ContainerView>{};
  }
  return subject.targets();
}

}  // namespace dotdiag
