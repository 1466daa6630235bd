#include "core/document/pod_view.hpp"

#include "core/document/child.hpp"
#include "core/document/config_maps.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace dotdiag {
namespace {

/// An expanded value longer than this is given up: `$(A)$(A)` chains double with each step, and Linux itself refuses a
/// variable of more than 128 KiB (MAX_ARG_STRLEN).
constexpr std::size_t longest_value = 128 * 1024;

const Json& empty_object() {
  static const Json empty = Json::object();
  return empty;
}

bool always_restarts(const Json& container) {
  return text_member(container, "restartPolicy") == "Always";
}

/// The containers of `list` that are `wanted`.
template <typename Wanted>
std::vector<ContainerView> containers_at(const Json& spec, const Pointer& spec_path, std::string_view list,
                                         Wanted wanted) {
  const auto& items = items_member(spec, list);
  std::vector<ContainerView> views;
  if (std::none_of(items.begin(), items.end(), wanted)) return views;
  views.reserve(items.size());
  const Pointer path = spec_path / list;
  for (std::size_t index = 0; index < items.size(); ++index) {
    if (wanted(items[index])) views.push_back({path / index, &items[index]});
  }
  return views;
}

const Json* annotation_at(const Json& document, const Pointer& metadata, std::string_view key) {
  const Json* annotations = value_at(document, metadata / "annotations");
  return annotations == nullptr ? nullptr : member(*annotations, key);
}

/// Service variables (`DB_SERVICE_HOST`, `DB_PORT_5432_TCP`) are there at run time, whatever the manifest says.
bool may_be_service_variable(std::string_view name) {
  return name.find("_SERVICE_") != std::string_view::npos || name.find("_PORT") != std::string_view::npos;
}

EnvValue literal(std::string_view text) {
  EnvValue value;
  value.kind = EnvValue::Kind::literal;
  value.value = text;
  return value;
}

/// Expands references as the kubelet does: k8s.io/kubernetes/third_party/forked/golang/expansion.
class Expansion {
 public:
  explicit Expansion(const Json& container) : container_(container) {}

  EnvValue expand(std::string_view text) const {
    EnvValue result = literal({});
    for (std::size_t at = 0; at < text.size() && result.kind == EnvValue::Kind::literal; ++at) {
      if (text[at] == '$' && at + 1 < text.size()) {
        at += reference(text.substr(at), result);
      } else {
        result.value += text[at];
      }
      if (result.value.size() > longest_value) result = unknown("it expands to more than 128 KiB");
    }
    return result;
  }

  void define(std::string name, EnvValue value) { known_.insert_or_assign(std::move(name), std::move(value)); }

  static EnvValue unknown(std::string why) {
    EnvValue value;
    value.kind = EnvValue::Kind::unknown;
    value.why_unknown = std::move(why);
    return value;
  }

 private:
  /// Handles what begins with the `$` at the start of `text`; returns how many characters behind it were used up.
  std::size_t reference(std::string_view text, EnvValue& result) const {
    if (text[1] == '$') {
      result.value += '$';
      return 1;
    }
    const auto close = text[1] == '(' ? text.find(')') : std::string_view::npos;
    if (close == std::string_view::npos) {
      result.value += '$';
      return 0;
    }
    const std::string name(text.substr(2, close - 2));
    const auto known = known_.find(name);
    if (known != known_.end() && known->second.kind == EnvValue::Kind::literal) {
      result.value += known->second.value;
    } else if (known != known_.end() || env_from_may_set(container_, name) || may_be_service_variable(name)) {
      result = unknown("$(" + name + ") is only known at run time");
    } else {
      result.value += text.substr(0, close + 1);
    }
    return close;
  }

  const Json& container_;
  std::unordered_map<std::string, EnvValue> known_;
};

EnvValue written_value(const Json& variable, const Expansion& expansion) {
  if (member(variable, "valueFrom") != nullptr) return Expansion::unknown("valueFrom");
  const Json* value = member(variable, "value");
  if (value == nullptr) return literal({});
  if (!value->is_string()) return Expansion::unknown("its value is not a string");
  return expansion.expand(value->get_ref<const std::string&>());
}

bool has_reference(const Json& variable) {
  return text_member(variable, "value").find("$(") != std::string_view::npos;
}

bool is_at_or_above(std::string_view mount_path, std::string_view path) {
  if (path.substr(0, mount_path.size()) != mount_path) return false;
  return path.size() == mount_path.size() || mount_path == "/" || path[mount_path.size()] == '/';
}

std::optional<std::int64_t> integer(const Json* value) {
  if (value == nullptr || !value->is_number_integer()) return std::nullopt;
  return value->get<std::int64_t>();
}

}  // namespace

PodView::PodView(const Json& document, const Workload& workload) : document_(&document), workload_(&workload) {
  const Json* found = value_at(document, spec_path());
  spec_ = found != nullptr && found->is_object() ? found : &empty_object();
}

const std::vector<ContainerView>& PodView::containers() const {
  if (!containers_) containers_ = containers_at(spec(), spec_path(), "containers", [](const Json&) { return true; });
  return *containers_;
}

const std::vector<ContainerView>& PodView::native_sidecars() const {
  if (!native_sidecars_) native_sidecars_ = containers_at(spec(), spec_path(), "initContainers", always_restarts);
  return *native_sidecars_;
}

const std::vector<ContainerView>& PodView::init_containers() const {
  if (!init_containers_)
    init_containers_ = containers_at(spec(), spec_path(), "initContainers", std::not_fn(always_restarts));
  return *init_containers_;
}

std::optional<ContainerView> PodView::container(std::string_view name) const {
  for (const auto* views : {&containers(), &native_sidecars()}) {
    for (const ContainerView& view : *views) {
      if (view.name() == name) return view;
    }
  }
  return std::nullopt;
}

bool PodView::host_pid() const {
  const Json* host_pid = member(spec(), "hostPID");
  return host_pid != nullptr && host_pid->is_boolean() && host_pid->get<bool>();
}

std::string_view PodView::annotation(std::string_view key) const {
  for (const Pointer& metadata : {workload_->object / "metadata", workload_->pod_metadata}) {
    const Json* value = annotation_at(*document_, metadata, key);
    if (value != nullptr && value->is_string()) return value->get_ref<const std::string&>();
  }
  return {};
}

const Json* PodView::volume(std::string_view name) const {
  for (const Json& volume : items_member(spec(), "volumes")) {
    if (text_member(volume, "name") == name) return &volume;
  }
  return nullptr;
}

EnvValue env_value(const Json& container, std::string_view name) {
  const auto& variables = items_member(container, "env");
  std::size_t index = variables.size();
  while (index > 0 && text_member(variables[index - 1], "name") != name)
    --index;
  if (index == 0) return {};

  const std::size_t last = index - 1;
  Expansion expansion(container);
  if (has_reference(variables[last])) {
    for (std::size_t before = 0; before < last; ++before) {
      expansion.define(std::string(text_member(variables[before], "name")),
                       written_value(variables[before], expansion));
    }
  }
  EnvValue value = written_value(variables[last], expansion);
  value.index = last;
  return value;
}

namespace {

/// What the workload's ConfigMaps have at `key` of the one that `reference` names; absent where none is known to.
EnvValue looked_up(const PodView& pod, const Json& reference, std::string_view key) {
  const ConfigMaps* known = pod.workload().config_maps;
  const auto name = text_member(reference, "name");
  const auto text = known == nullptr ? std::nullopt : known->find(pod.workload().name_space, name, key);
  if (!text) return {};
  EnvValue value = literal(*text);
  value.config_map = name;
  return value;
}

}  // namespace

EnvValue env_value(const PodView& pod, const Json& container, std::string_view name) {
  EnvValue value = env_value(container, name);
  if (value.kind != EnvValue::Kind::unknown || pod.workload().config_maps == nullptr) return value;
  const Json* reference = descend(items_member(container, "env")[value.index], "/valueFrom/configMapKeyRef");
  if (reference == nullptr) return value;
  EnvValue found = looked_up(pod, *reference, text_member(*reference, "key"));
  if (found.is_absent()) return value;
  found.index = value.index;
  return found;
}

EnvValue env_from_value(const PodView& pod, const Json& container, std::string_view name) {
  const auto& sources = items_member(container, "envFrom");
  for (std::size_t index = sources.size(); index-- > 0;) {
    const Json* reference = member(sources[index], "configMapRef");
    const auto prefix = text_member(sources[index], "prefix");
    if (reference == nullptr || !name.starts_with(prefix)) continue;
    EnvValue found = looked_up(pod, *reference, name.substr(prefix.size()));
    if (found.is_absent()) continue;
    found.source = index;
    return found;
  }
  return {};
}

bool env_from_may_set(const Json& container, std::string_view name) {
  const auto& sources = items_member(container, "envFrom");
  return std::any_of(sources.begin(), sources.end(), [&](const Json& source) {
    const auto prefix = text_member(source, "prefix");
    return name.substr(0, prefix.size()) == prefix;
  });
}

std::optional<MountView> mount_at(const PodView& pod, const Json& container, std::string_view path) {
  std::optional<MountView> best;
  const std::string wanted = normal_path(path);
  const auto& mounts = items_member(container, "volumeMounts");
  for (std::size_t index = 0; index < mounts.size(); ++index) {
    std::string mount_path = normal_path(text_member(mounts[index], "mountPath"));
    if (mount_path.empty() || !is_at_or_above(mount_path, wanted)) continue;
    if (best && mount_path.size() <= best->path.size()) continue;
    best = MountView{index, &mounts[index], pod.volume(text_member(mounts[index], "name")), std::move(mount_path)};
  }
  return best;
}

namespace {

/// True where no segment is empty, `.` or `..`. False for some that are normal too: `/.hidden`.
bool is_surely_normal(std::string_view path) {
  return !path.starts_with('.') && path.find("//") == std::string_view::npos &&
         path.find("/.") == std::string_view::npos && (path.size() == 1 || !path.ends_with('/'));
}

}  // namespace

std::string normal_path(std::string_view path) {
  if (is_surely_normal(path)) return std::string(path);
  const bool absolute = !path.empty() && path.front() == '/';
  std::vector<std::string_view> segments;
  for (std::size_t at = 0; at < path.size();) {
    const auto slash = std::min(path.find('/', at), path.size());
    const auto segment = path.substr(at, slash - at);
    if (segment == ".." && !segments.empty() && segments.back() != "..") {
      segments.pop_back();
    } else if (!segment.empty() && segment != "." && !(segment == ".." && absolute)) {
      segments.push_back(segment);
    }
    at = slash + 1;
  }
  std::string normal;
  for (const auto segment : segments) {
    if (absolute || !normal.empty()) normal += '/';
    normal += segment;
  }
  return normal.empty() && absolute ? "/" : normal;
}

const Json* security_field(const PodView& pod, const Json& container, std::string_view field) {
  for (const Json* holder : {&container, &pod.spec()}) {
    const Json* context = member(*holder, "securityContext");
    const Json* value = context == nullptr ? nullptr : member(*context, field);
    if (value != nullptr) return value;
  }
  return nullptr;
}

std::optional<std::int64_t> run_as_user(const PodView& pod, const Json& container) {
  return integer(security_field(pod, container, "runAsUser"));
}

std::optional<std::int64_t> run_as_group(const PodView& pod, const Json& container) {
  return integer(security_field(pod, container, "runAsGroup"));
}

bool adds_capability(const Json& container, std::string_view name) {
  const Json* context = member(container, "securityContext");
  const Json* capabilities = context == nullptr ? nullptr : member(*context, "capabilities");
  if (capabilities == nullptr) return false;
  const std::string prefixed = "CAP_" + std::string(name);
  const auto& added = items_member(*capabilities, "add");
  return std::any_of(added.begin(), added.end(),
                     [&](const Json& item) { return item == name || item == prefixed || item == "ALL"; });
}

}  // namespace dotdiag
