// Any values of the annotations that opt in, on a Deployment that lacks everything: a value that makes no sense leaves
// the object alone and gets one warning, which names the annotation and fits the line that kubectl prints.
//
// The input is the values of `names`, in order, between record separators. The first character of each says where the
// annotation stands: `t` on the pod template, any other on the Deployment itself; an empty part leaves the annotation
// out.
#include "fuzz/property.hpp"
#include "tests/support/review.hpp"

#include "core/document/utf.hpp"
#include "core/document/workload.hpp"
#include "core/policy/opt_in.hpp"
#include "webhook/warnings.hpp"

#include <array>

namespace dotdiag::fuzz {
namespace {

constexpr std::array names = {annotation::inject, annotation::containers, annotation::size_limit, annotation::skip,
                              annotation::on_conflict};

Json bare_deployment() {
  Json containers = Json::array({Json::object({{"name", "app"}, {"image", "registry.example.com/shop/web:1.4"}}),
                                 Json::object({{"name", "side"}, {"image", "registry.example.com/shop/side:2"}})});
  Json pod =
      Json::object({{"metadata", Json::object()}, {"spec", Json::object({{"containers", std::move(containers)}})}});
  return Json::object({{"apiVersion", "apps/v1"},
                       {"kind", "Deployment"},
                       {"metadata", Json::object({{"name", "web"}})},
                       {"spec", Json::object({{"template", std::move(pod)}})}});
}

/// As it arrives through a request: what is no UTF-8 cannot.
Json annotated_deployment(std::string_view input) {
  Json object = bare_deployment();
  const auto values = parts(input, names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (values[i].empty()) continue;
    Json& holder = values[i].front() == 't' ? object["spec"]["template"] : object;
    holder["metadata"]["annotations"][std::string(names[i])] = std::string(values[i].substr(1));
  }
  return Json::parse(object.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// C0, DEL and C1: what the API server refuses to put into a header (unicode.IsControl of Go).
bool has_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

void check_warning(const std::string& warning) {
  require(valid_utf8_prefix(warning) == warning.size(), "a warning is UTF-8", warning);
  require(count_characters(warning) <= longest_warning, "a warning fits its line", warning);
  require(!has_control_character(warning), "a warning is printable", warning);
}

}  // namespace

void check(std::string_view input) {
  const Json object = annotated_deployment(input);
  const auto workload = as_workload(object);
  const OptIn opt_in = read_opt_in(PodView(object, *workload), PolicySet::builtin());
  const test::Verdict verdict = test::ask(test::make_review(object));
  require(verdict.fault.empty(), "the API server takes the answer", verdict.fault);
  const Json warnings = verdict.response.value("warnings", Json::array());
  for (const Json& warning : warnings)
    check_warning(warning.get<std::string>());

  const bool is_in = opt_in.state == OptIn::State::in;
  require(is_in || (opt_in.invalid.empty() && warnings.empty()), "nobody is warned who did not opt in");
  require(verdict.patch.is_null() || (is_in && opt_in.invalid.empty()), "only a valid opt-in changes the object");
  if (opt_in.invalid.empty()) return;
  require(warnings.size() == 1, "an invalid value gives one warning", warnings.dump());
  const auto text = warnings[0].get<std::string>();
  require(text.find(opt_in.at.back()) != std::string::npos, "the warning names the annotation", text);
}

}  // namespace dotdiag::fuzz
