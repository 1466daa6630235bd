// The fast way is simdjson's: it reads the whole text into a compact form in a fraction of the time that building Json
// values takes. What it refuses goes through the careful reader, which either finds the mistake's place or takes what
// simdjson cannot hold (an integer beyond 64 bits).
#include "core/document/json_reader.hpp"

#include "core/document/duplicate_keys.hpp"
#include "core/document/json_scan.hpp"

#include <simdjson.h>
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace dotdiag {

namespace {

using Omissions = std::vector<Omission>;

const Omissions nothing_omitted;

/// What is said of member `key`; nullptr where nothing is.
const Omission* find(const Omissions& omissions, std::string_view key) {
  const auto found = std::find_if(omissions.begin(), omissions.end(), [&](const auto& one) { return one.key == key; });
  return found == omissions.end() ? nullptr : &*found;
}

/// Makes Json values of what simdjson read. Its recursion is bounded by max_json_depth.
class Builder {
 public:
  Json value(simdjson::dom::element element, const Omissions& omissions) {
    using simdjson::dom::element_type;
    switch (element.type()) {
      case element_type::OBJECT:
        return object(element.get_object().value_unsafe(), omissions);
      case element_type::ARRAY:
        return array(element.get_array().value_unsafe());
      case element_type::STRING:
        return std::string(element.get_string().value_unsafe());
      case element_type::INT64:
        return whole(element.get_int64().value_unsafe());
      case element_type::UINT64:
        return element.get_uint64().value_unsafe();
      case element_type::DOUBLE:
        return element.get_double().value_unsafe();
      case element_type::BOOL:
        return element.get_bool().value_unsafe();
      case element_type::NULL_VALUE:
        return nullptr;
    }
    return nullptr;
  }

 private:
  /// As nlohmann's own parser has it: what is not negative is unsigned.
  static Json whole(std::int64_t number) {
    if (number < 0) return number;
    return static_cast<std::uint64_t>(number);
  }

  Json array(simdjson::dom::array array) {
    Json result = Json::array();
    auto& items = result.get_ref<Json::array_t&>();
    items.reserve(array.size());
    for (const simdjson::dom::element item : array)
      items.push_back(value(item, nothing_omitted));
    return result;
  }

  Json object(simdjson::dom::object object, const Omissions& omissions) {
    Json result = Json::object();
    auto& members = result.get_ref<Json::object_t&>();
    members.reserve(object.size());
    for (const auto& [key, element] : object) {
      const Omission* omission = find(omissions, key);
      if (omission != nullptr && omission->inside.empty()) continue;
      members.emplace_back(key, value(element, omission == nullptr ? nothing_omitted : omission->inside));
    }
    drop_duplicates(members);
    return result;
  }

  void drop_duplicates(Json::object_t& members) {
    keys_.clear();
    for (const auto& [key, value] : members)
      keys_.push_back(key);
    const auto duplicates = duplicate_keys(keys_);
    if (duplicates.empty()) return;
    std::vector<bool> is_overwritten(members.size());
    for (const DuplicateKey& duplicate : duplicates)
      is_overwritten[duplicate.first] = true;
    Json::object_t unique;
    unique.reserve(members.size() - duplicates.size());
    std::size_t i = 0;
    for (auto& [key, value] : members) {
      if (!is_overwritten[i++]) unique.emplace_back(key, std::move(value));
    }
    members = std::move(unique);
  }

  std::vector<std::string_view> keys_;  ///< of the object whose end was reached; a member to spare allocations
};

/// Nothing where simdjson refuses the text, for whatever reason.
std::optional<Json> read_fast(simdjson::dom::parser& parser, std::string_view bytes, const Omissions& without) {
  if (parser.capacity() < bytes.size() && parser.allocate(bytes.size(), max_json_depth) != simdjson::SUCCESS)
    return std::nullopt;
  simdjson::dom::element root;
  if (parser.parse(bytes.data(), bytes.size()).get(root) != simdjson::SUCCESS) return std::nullopt;
  return Builder().value(root, without);
}

void leave_out(Json& value, const Omissions& without) {
  if (!value.is_object()) return;
  for (const Omission& omission : without) {
    if (omission.inside.empty()) {
      value.erase(omission.key);
    } else if (const auto inner = value.find(omission.key); inner != value.end()) {
      leave_out(*inner, omission.inside);
    }
  }
}

Json read_carefully(std::string_view bytes, std::string_view file_name, const Omissions& without) {
  const auto source = std::make_shared<const Source>(std::string(file_name), std::string(bytes));
  const std::size_t begin = skip_json_space(*source, 0);
  if (begin == source->text().size()) throw source->error(begin, "there is no JSON: the text is empty");
  Document document = scan_json(source, begin, Positions::none);
  if (document.error) throw *document.error;
  const std::size_t rest = skip_json_space(*source, document.end);
  if (rest < source->text().size()) throw source->error(rest, "this is not JSON: more text behind the value");
  leave_out(document.root, without);
  return std::move(document.root);
}

}  // namespace

struct JsonReader::State {
  simdjson::dom::parser parser;
};

JsonReader::JsonReader() : state_(std::make_unique<State>()) {}
JsonReader::~JsonReader() = default;

Json JsonReader::read(std::string_view bytes, std::string_view file_name, const Omissions& without) {
  constexpr std::size_t large = 64 * 1024;
  auto value = read_fast(state_->parser, bytes, without);
  if (state_->parser.capacity() > large) state_->parser = simdjson::dom::parser();
  return value ? std::move(*value) : read_carefully(bytes, file_name, without);
}

Json read_json(std::string_view bytes, std::string_view file_name, const Omissions& without) {
  return JsonReader().read(bytes, file_name, without);
}

std::vector<Document> read_json_documents(std::shared_ptr<const Source> source) {
  std::vector<Document> documents;
  const std::size_t size = source->text().size();
  for (std::size_t at = skip_json_space(*source, 0); at < size;) {
    documents.push_back(scan_json(source, at, Positions::all));
    at = skip_json_space(*source, documents.back().end);
    documents.back().end = at;
  }
  return documents;
}

}  // namespace dotdiag
