#include "linter/render/tool_environment.hpp"

#include <algorithm>
#include <array>
#include <string_view>

extern char** environ;

namespace dotdiag {
namespace {

/// Whatever these were, they are this: no cluster to ask, a proxy where nobody listens, no way for git to fetch, no
/// plugins.
constexpr std::array<std::string_view, 11> ours = {
    "KUBECONFIG=/dev/null",
    "HTTP_PROXY=http://127.0.0.1:9",
    "HTTPS_PROXY=http://127.0.0.1:9",
    "ALL_PROXY=http://127.0.0.1:9",
    "http_proxy=http://127.0.0.1:9",
    "https_proxy=http://127.0.0.1:9",
    "all_proxy=http://127.0.0.1:9",
    "NO_PROXY=",
    "no_proxy=",
    "GIT_ALLOW_PROTOCOL=none",
    "HELM_PLUGINS=/nonexistent",
};

bool is_ours(std::string_view entry) {
  return std::any_of(ours.begin(), ours.end(),
                     [&](std::string_view own) { return entry.starts_with(own.substr(0, own.find('=') + 1)); });
}

}  // namespace

std::vector<std::string> tool_environment() {
  std::vector<std::string> environment(ours.begin(), ours.end());
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view own = *entry;
    if (!is_ours(own) && !own.starts_with("HELM_KUBE")) environment.emplace_back(own);
  }
  return environment;
}

}  // namespace dotdiag
