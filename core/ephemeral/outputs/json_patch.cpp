// json-patch: RFC 6902 for this very pod.
#include "core/edit/edit.hpp"
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/json_text.hpp"

namespace dotdiag {

std::string write_json_patch(const DebuggerPlan& plan) {
  Json operations = Json::array();
  const Json* uid = value_at(plan.object, Pointer::parse("/metadata/uid"));
  // A StatefulSet's next pod has the same name.
  if (uid != nullptr && uid->is_string())
    operations.push_back(Json::object({{"op", "test"}, {"path", "/metadata/uid"}, {"value", *uid}}));
  const Edit edit = append_item(plan.object, Pointer::parse("/spec/ephemeralContainers"), plan.container);
  operations.push_back(Json::object({{"op", "add"}, {"path", edit.path.text()}, {"value", edit.value}}));
  return indented(operations);
}

}  // namespace dotdiag
