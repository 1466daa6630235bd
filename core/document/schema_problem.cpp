// A validator's verdict is a path and "failed to match". The words come from here: collect the subschemas that apply at
// the path, then ask each rule that people break whether it is broken. The validator decides, this only explains.
#include "core/document/schema_problem.hpp"

#include "core/document/utf.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <regex>
#include <string_view>
#include <utility>
#include <vector>

namespace dotdiag {

namespace {

using Schemas = std::vector<const Json*>;

/// Whether an `if` holds. Policies ask one thing there: that members have a constant value (an absent member does not
/// differ).
bool holds(const Json& condition, const Json& value) {
  const Json* properties = member(condition, "properties");
  if (properties == nullptr || !value.is_object()) return true;
  for (const auto& [name, schema] : properties->items()) {
    const Json* expected = member(schema, "const");
    const auto found = value.find(name);
    if (expected != nullptr && found != value.end() && !same_document(*expected, *found)) return false;
  }
  return true;
}

/// Adds `schema` and what it refers to, as far as that applies to `value`. A schema is added once, so a circle ends.
void collect(const Json& root, const Json* schema, const Json& value, Schemas& found) {
  if (schema == nullptr || !schema->is_object()) return;
  if (std::find(found.begin(), found.end(), schema) != found.end()) return;
  found.push_back(schema);
  if (const auto reference = text_member(*schema, "$ref"); reference.starts_with("#")) {
    collect(root, value_at(root, Pointer::parse(reference.substr(1))), value, found);
  }
  for (const Json& part : items_member(*schema, "allOf"))
    collect(root, &part, value, found);
  if (const Json* condition = member(*schema, "if")) {
    collect(root, member(*schema, holds(*condition, value) ? "then" : "else"), value, found);
  }
}

/// The subschemas for the member or item `token` of a value that `schemas` apply to.
Schemas below(const Json& root, const Schemas& schemas, std::string_view token, const Json& value) {
  Schemas found;
  for (const Json* schema : schemas) {
    const Json* properties = member(*schema, "properties");
    const Json* own = properties == nullptr ? nullptr : member(*properties, token);
    if (own == nullptr) own = member(*schema, "additionalProperties");
    collect(root, array_index(token) != npos && own == nullptr ? member(*schema, "items") : own, value, found);
  }
  return found;
}

std::string list_of(const Json& values) {
  std::string text;
  for (const Json& value : values) {
    if (!text.empty()) text += ", ";
    text += value.is_string() ? value.get<std::string>() : value.dump();
  }
  return text;
}

/// A value as a message shows it: short.
std::string shown(const Json& value) {
  if (value.is_structured()) return value.is_object() ? "this mapping" : "this list";
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  return text.size() <= 60 ? "`" + text + "`" : "this text";
}

std::string type_in_words(std::string_view type) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> words{{{"string", "text"},
                                                                                       {"array", "a list"},
                                                                                       {"object", "a mapping"},
                                                                                       {"boolean", "true or false"},
                                                                                       {"number", "a number"},
                                                                                       {"integer", "a whole number"},
                                                                                       {"null", "null"}}};
  const auto found = std::find_if(words.begin(), words.end(), [type](const auto& word) { return word.first == type; });
  return std::string(found == words.end() ? type : found->second);
}

bool has_type(const Json& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "integer" && value.is_number_float()) return std::trunc(value.get<double>()) == value.get<double>();
  return value.is_number();
}

/// What a rule has to say about a value; nothing where it is kept. `schema` is where `rule` stands.
struct Complaint {
  std::string what;
  std::string remedy;
  std::string member = {};  ///< the member to point at instead of the value
};
using Check = std::optional<Complaint> (*)(const Json& rule, const Json& value, const Json& schema);

std::optional<Complaint> check_type(const Json& rule, const Json& value, const Json&) {
  const Json types = rule.is_array() ? rule : Json::array({rule});
  std::string words;
  for (const Json& type : types) {
    if (!type.is_string() || has_type(value, type.get_ref<const std::string&>())) return std::nullopt;
    words += (words.empty() ? "" : " or ") + type_in_words(type.get_ref<const std::string&>());
  }
  return Complaint{shown(value) + " has the wrong type", "write " + words};
}

std::optional<Complaint> check_enum(const Json& rule, const Json& value, const Json&) {
  const bool is_listed = std::any_of(rule.begin(), rule.end(), [&](const Json& v) { return same_document(v, value); });
  if (is_listed) return std::nullopt;
  return Complaint{shown(value) + " is not allowed here", "write one of " + list_of(rule)};
}

std::optional<Complaint> check_const(const Json& rule, const Json& value, const Json&) {
  if (same_document(rule, value)) return std::nullopt;
  return Complaint{shown(value) + " is not allowed here", "write " + rule.dump()};
}

std::optional<Complaint> check_pattern(const Json& rule, const Json& value, const Json&) {
  if (!value.is_string()) return std::nullopt;
  const auto& pattern = rule.get_ref<const std::string&>();
  if (std::regex_search(value.get_ref<const std::string&>(), std::regex(pattern))) return std::nullopt;
  return Complaint{shown(value) + " has the wrong form", "it must match " + pattern};
}

std::optional<Complaint> check_required(const Json& rule, const Json& value, const Json&) {
  if (!value.is_object()) return std::nullopt;
  for (const Json& name : rule) {
    if (!value.contains(name.get_ref<const std::string&>())) {
      return Complaint{"`" + name.get<std::string>() + "` is missing", "add it"};
    }
  }
  return std::nullopt;
}

std::optional<Complaint> check_additional(const Json& rule, const Json& value, const Json& schema) {
  if (rule != false || !value.is_object() || schema.contains("patternProperties")) return std::nullopt;
  const Json* properties = member(schema, "properties");
  Json known = Json::array();
  if (properties != nullptr) {
    for (const auto& [name, unused] : properties->items())
      known.push_back(name);
  }
  for (const auto& [name, unused] : value.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return Complaint{"`" + name + "` is not known here", "known are " + list_of(known), name};
  }
  return std::nullopt;
}

/// How many `value` has of what a rule counts: characters, items or members.
struct Size {
  std::size_t count = 0;
  const char* unit = "";
};

std::optional<Size> size_of(const Json& value) {
  if (value.is_array()) return Size{value.size(), "items"};
  if (value.is_object()) return Size{value.size(), "members"};
  if (!value.is_string()) return std::nullopt;
  return Size{count_characters(value.get_ref<const std::string&>()), "characters"};
}

std::optional<Complaint> check_least_size(const Json& rule, const Json& value, const Json&) {
  const auto size = size_of(value);
  if (!size || size->count >= rule.get<std::size_t>()) return std::nullopt;
  if (size->count == 0) return Complaint{"this is empty", std::string("it needs ") + size->unit};
  return Complaint{"this has only " + std::to_string(size->count) + " " + size->unit,
                   "it needs at least " + rule.dump()};
}

std::optional<Complaint> check_greatest_size(const Json& rule, const Json& value, const Json&) {
  const auto size = size_of(value);
  if (!size || size->count <= rule.get<std::size_t>()) return std::nullopt;
  return Complaint{"this has " + std::to_string(size->count) + " " + size->unit,
                   "at most " + rule.dump() + " are allowed"};
}

std::optional<Complaint> check_minimum(const Json& rule, const Json& value, const Json&) {
  if (!value.is_number() || value.get<double>() >= rule.get<double>()) return std::nullopt;
  return Complaint{shown(value) + " is too small", "write at least " + rule.dump()};
}

std::optional<Complaint> check_maximum(const Json& rule, const Json& value, const Json&) {
  if (!value.is_number() || value.get<double>() <= rule.get<double>()) return std::nullopt;
  return Complaint{shown(value) + " is too large", "write at most " + rule.dump()};
}

/// Of several alternatives only the form `oneOf: [{required: [a]}, {required: [b]}]` can be put simply.
std::optional<Complaint> check_one_of(const Json& rule, const Json& value, const Json&) {
  Json names = Json::array();
  std::size_t present = 0;
  for (const Json& alternative : rule) {
    const auto& required = items_member(alternative, "required");
    if (alternative.size() != 1 || required.size() != 1) return std::nullopt;
    names.push_back(required.front());
    if (value.is_object() && value.contains(required.front().get_ref<const std::string&>())) ++present;
  }
  if (present == 1) return std::nullopt;
  const char* what = present == 0 ? "a member is missing" : "these members exclude each other";
  return Complaint{what, "write exactly one of " + list_of(names)};
}

struct Rule {
  std::string_view keyword;
  Check check;
};

/// The most telling first: a value of the wrong type breaks other rules too.
constexpr std::array<Rule, 13> rules{{
    {"type", check_type},
    {"additionalProperties", check_additional},
    {"required", check_required},
    {"oneOf", check_one_of},
    {"enum", check_enum},
    {"const", check_const},
    {"minLength", check_least_size},
    {"minItems", check_least_size},
    {"maxLength", check_greatest_size},
    {"maxItems", check_greatest_size},
    {"minimum", check_minimum},
    {"maximum", check_maximum},
    {"pattern", check_pattern},
}};

}  // namespace

std::optional<SchemaProblem> explain(const Json& schema, const Json& document, const Pointer& path) {
  const Json* value = &document;
  Schemas schemas;
  collect(schema, &schema, *value, schemas);
  for (const std::string_view token : path.tokens()) {
    value = value_at(*value, Pointer{} / token);
    if (value == nullptr) return std::nullopt;
    schemas = below(schema, schemas, token, *value);
  }
  for (const auto& [keyword, check] : rules) {
    for (const Json* candidate : schemas) {
      const auto rule = candidate->find(keyword);
      if (rule == candidate->end()) continue;
      if (auto complaint = check(*rule, *value, *candidate)) {
        return SchemaProblem{complaint->member.empty() ? path : path / complaint->member, complaint->what,
                             complaint->remedy};
      }
    }
  }
  return std::nullopt;
}

}  // namespace dotdiag
