#include "core/document/config_maps.hpp"

namespace dotdiag {
namespace {

/// A longer text is a file, and no setting.
constexpr std::size_t longest_kept = 4096;

Json texts_of(const Json& data) {
  Json texts = Json::object();
  for (const auto& [key, value] : data.items()) {
    const auto* text = value.get_ptr<const Json::string_t*>();
    if (text != nullptr && text->size() <= longest_kept) texts[key] = *text;
  }
  return texts;
}

}  // namespace

void ConfigMaps::add(const Json& object) {
  const Json* metadata = member(object, "metadata");
  const Json* data = member(object, "data");
  if (metadata == nullptr || data == nullptr || !data->is_object()) return;
  Json texts = texts_of(*data);
  const Id id(text_member(*metadata, "namespace"), text_member(*metadata, "name"));
  const auto [place, is_new] = data_.emplace(id, texts);
  if (!is_new && place->second != texts) place->second = nullptr;
}

std::optional<std::string_view> ConfigMaps::find(std::string_view name_space, std::string_view name,
                                                 std::string_view key) const {
  const auto found = data_.find(Id(name_space, name));
  const Json* value = found == data_.end() ? nullptr : member(found->second, key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->get_ref<const std::string&>();
}

}  // namespace dotdiag
