#include "core/ephemeral/debugger_container.hpp"

#include "core/ephemeral/native_user.hpp"
#include "core/policy/image.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/process_name.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

bool is_native(const ContainerDesign& design) {
  return design.choices.debugger == DebuggerKind::native;
}

bool is_name_taken(const Json& spec, const std::string& name) {
  for (const char* list : {"containers", "initContainers", "ephemeralContainers"}) {
    const auto& containers = items_member(spec, list);
    if (std::any_of(containers.begin(), containers.end(),
                    [&](const Json& one) { return text_member(one, "name") == name; }))
      return true;
  }
  return false;
}

/// `name`, or the first of `name-2`, `name-3` ... that is free.
std::string free_name(const Json& spec, const std::string& name) {
  std::string candidate = name;
  for (int number = 2; is_name_taken(spec, candidate); ++number)
    candidate = name + "-" + std::to_string(number);
  return candidate;
}

/// The policy's image; of Microsoft's the Alpine variant where the target's is one, because a dump can only be analyzed
/// beside the C library that the process had.
std::string image_of(const ContainerDesign& design) {
  if (!design.choices.image.empty()) return design.choices.image;
  const auto image = design.debugger.at("image").get<std::string>();
  const Image own = Image::parse(image);
  const bool has_variant = own.dotnet_repository() == "sdk" && !own.tag.empty() && own.digest.empty();
  const bool is_other = Image::parse(design.target.image()).is_alpine() && !own.is_alpine();
  return has_variant && is_other ? image + "-alpine" : image;
}

void replace(std::string& text, std::string_view placeholder, std::string_view value) {
  for (auto at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at + value.size()))
    text.replace(at, placeholder.size(), value);
}

/// `value` so that the kubelet, which reads `$$` as `$` and expands `$(NAME)`, makes `value` of it.
std::string unexpanded(std::string_view value) {
  std::string text;
  for (const char character : value)
    text += character == '$' ? "$$" : std::string(1, character);
  return text;
}

/// `text` with `{requirement-id}` replaced by the directory that its volume serves: without volumes, by the directory
/// of the debugger's own that anybody may write to.
std::string filled_in(const ContainerDesign& design, std::string text) {
  for (const SharedVolume& volume : design.readiness.volumes)
    replace(text, "{" + volume.requirement + "}", unexpanded(volume.directory));
  for (const Json& id : items_member(design.debugger, "mounts"))
    replace(text, "{" + id.get_ref<const std::string&>() + "}", "/tmp");
  replace(text, "{process}", unexpanded(process_name(design.target)));
  return text;
}

std::string sockets_in_proc(const ContainerDesign& design, const std::string& process) {
  return "/proc/" + process + "/root" + socket_directory(design.target).value_or("/tmp");
}

/// Where the tools that are started by hand find the sockets through /proc, if the application is process 1. Empty
/// where it surely is not, or where nothing is looked for in /proc: the debugger's own directory does no harm then.
std::string sockets_of_process_one(const ContainerDesign& design) {
  const bool is_other = sees_all_processes(design.pod) || is_launcher(program_name(design.target));
  return design.mode != DebugMode::procroot || is_other ? "" : sockets_in_proc(design, "1");
}

/// dotdiag-collect looks for sockets in its own TMPDIR, too, where it may not look at the process.
Json native_environment(const ContainerDesign& design) {
  Json env = Json::array();
  const bool is_told = design.mode == DebugMode::tmp || design.mode == DebugMode::port;
  if (is_told && !design.readiness.volumes.empty())
    env.push_back(
        Json::object({{"name", "TMPDIR"}, {"value", unexpanded(design.readiness.volumes.front().directory)}}));
  return env;
}

Json environment(const ContainerDesign& design) {
  if (is_native(design)) return native_environment(design);
  Json env = Json::array();
  const std::string sockets = sockets_of_process_one(design);
  const auto add = [&](const char* list) {
    for (const Json& setting : items_member(design.debugger, list)) {
      const auto name = text_member(setting, "name");
      const std::string value = !sockets.empty() && name == "TMPDIR"
                                    ? unexpanded(sockets)
                                    : filled_in(design, setting.at("value").get<std::string>());
      env.push_back(Json::object({{"name", name}, {"value", value}}));
    }
  };
  add("env");
  // A name that is wrong would leave the monitor without any process; requests may name one themselves.
  if (sees_all_processes(design.pod) && !process_name(design.target).empty()) add("envWithSharedProcesses");
  return env;
}

/// A volume that serves two requirements is mounted once.
Json mounts(const ContainerDesign& design) {
  Json mounts = Json::array();
  for (const SharedVolume& volume : design.readiness.volumes) {
    const Json mount = Json::object({{"name", volume.volume}, {"mountPath", volume.path}});
    if (std::find(mounts.begin(), mounts.end(), mount) == mounts.end()) mounts.push_back(mount);
  }
  return mounts;
}

/// In a shared process namespace the kubelet ignores the target. A tool that is given the socket's path does without,
/// and then also works while the target is between two starts.
bool names_target(const ContainerDesign& design) {
  if (sees_all_processes(design.pod)) return false;
  if (design.mode == DebugMode::procroot) return true;
  return design.mode == DebugMode::tmp && (is_native(design) || design.debugger.value("targetsContainer", false));
}

}  // namespace

std::string sockets_seen(const ContainerDesign& design) {
  if (design.mode == DebugMode::procroot) return sockets_in_proc(design, "*");
  return socket_directory(design.target).value_or("/tmp");
}

Json write_container(const ContainerDesign& design) {
  const Json& debugger = design.debugger;
  Json container = Json::object(
      {{"name", free_name(design.pod.spec(), debugger.at("name").get<std::string>())}, {"image", image_of(design)}});
  for (const char* field : {"args", "stdin", "tty"}) {
    if (debugger.contains(field)) container[field] = debugger.at(field);
  }
  if (names_target(design)) container["targetContainerName"] = design.target.name();
  if (Json env = environment(design); !env.empty()) container["env"] = std::move(env);
  if (Json context =
          is_native(design) ? native_security_context(design.user) : security_context(design.policy, design.user);
      !context.empty())
    container["securityContext"] = std::move(context);
  if (Json list = mounts(design); !list.empty()) container["volumeMounts"] = std::move(list);
  return container;
}

std::string profile_for(const ContainerDesign& design, const Json& container) {
  const Json context = container.value("securityContext", Json::object());
  return is_native(design) ? native_kubectl_profile(context) : kubectl_profile(design.policy, design.choices, context);
}

}  // namespace dotdiag
