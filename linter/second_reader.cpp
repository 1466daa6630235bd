#include "linter/second_reader.hpp"

#include "core/document/pointer.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <vector>

namespace dotdiag {
namespace {

using Verdict = SecondReading::Verdict;
using Members = std::map<std::string, YAML::Node>;

template <std::size_t Count>
bool is_one_of(const std::string& text, const std::array<std::string_view, Count>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// YAML 1.1's type "bool", as its repository of types lists it.
std::optional<bool> boolean(const std::string& text) {
  constexpr std::array<std::string_view, 11> yes = {"y",    "Y",    "yes", "Yes", "YES", "true",
                                                    "True", "TRUE", "on",  "On",  "ON"};
  constexpr std::array<std::string_view, 11> no = {"n",     "N",     "no",  "No",  "NO", "false",
                                                   "False", "FALSE", "off", "Off", "OFF"};
  if (is_one_of(text, yes)) return true;
  if (is_one_of(text, no)) return false;
  return std::nullopt;
}

bool is_null(const std::string& text) {
  constexpr std::array<std::string_view, 5> nulls = {"", "~", "null", "Null", "NULL"};
  return is_one_of(text, nulls);
}

/// All of `digits` in `base`; nothing where one is none.
std::optional<double> whole_number(const std::string& digits, int base) {
  char* end = nullptr;
  if (digits.empty() || std::isalnum(static_cast<unsigned char>(digits.front())) == 0) return std::nullopt;
  const unsigned long long value = std::strtoull(digits.c_str(), &end, base);
  return *end == '\0' ? std::optional<double>(static_cast<double>(value)) : std::nullopt;
}

std::optional<double> unsigned_number(const std::string& text) {
  if (text.starts_with("0x") || text.starts_with("0X")) return whole_number(text.substr(2), 16);
  if (text.starts_with("0o") || text.starts_with("0O")) return whole_number(text.substr(2), 8);
  if (text.starts_with("0b") || text.starts_with("0B")) return whole_number(text.substr(2), 2);
  if (text.size() > 1 && text.front() == '0')
    if (const auto octal = whole_number(text.substr(1), 8)) return octal;
  const bool is_decimal = text.find_first_not_of("0123456789.eE+-") == std::string::npos &&
                          text.find_first_of("0123456789") == std::min(text.find_first_not_of('.'), text.size());
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (!is_decimal || end == text.c_str() || *end != '\0' || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> number(const std::string& text) {
  const bool has_sign = text.starts_with('-') || text.starts_with('+');
  const std::optional<double> value = unsigned_number(has_sign ? text.substr(1) : text);
  if (!value || !text.starts_with('-')) return value;
  return -*value;
}

/// Without the line breaks at the end.
std::string_view trimmed_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of('\n') + 1);
}

bool is_quoted(const YAML::Node& node) {
  return node.Tag() == "!";
}

bool has_tag(const YAML::Node& node) {
  return !node.Tag().empty() && node.Tag() != "?" && !is_quoted(node);
}

/// A plain scalar: what it means, by the table of YAML 1.1.
bool plain_agrees(const std::string& text, const Json& expected) {
  // Go reads some numbers with underscores and not others: nobody writes them in manifests.
  if (expected.is_number()) return number(text) == expected.get<double>() || text.find('_') != std::string::npos;
  if (expected.is_boolean()) return boolean(text) == expected.get<bool>();
  if (expected.is_null()) return is_null(text);
  return expected.is_string() && text == expected.get_ref<const std::string&>() && !boolean(text) && !is_null(text) &&
         !number(text);
}

bool scalar_agrees(const YAML::Node& node, const Json& expected) {
  if (node.IsNull()) return expected.is_null();
  if (has_tag(node)) return !expected.is_structured();  // somebody said what it is: the first reader has to know
  if (!is_quoted(node)) return plain_agrees(node.Scalar(), expected);
  return expected.is_string() && trimmed_end(node.Scalar()) == trimmed_end(expected.get_ref<const std::string&>());
}

/// The member's name as JSON has it, where the key is no string.
std::string key_of(const YAML::Node& key) {
  if (is_quoted(key) || !key.IsScalar()) return key.IsScalar() ? key.Scalar() : std::string();
  if (const auto value = boolean(key.Scalar())) return *value ? "true" : "false";
  const auto value = number(key.Scalar());
  return value && std::trunc(*value) == *value ? std::to_string(static_cast<long long>(*value)) : key.Scalar();
}

bool is_merge_key(const YAML::Node& key) {
  return key.IsScalar() && key.Scalar() == "<<" && !is_quoted(key);
}

void add_merged(const YAML::Node& bases, Members& members);

/// The members of `node` with what its merge keys bring in; its own win, and the last of those that are the same.
Members members_of(const YAML::Node& node) {
  Members members;
  Members own;
  for (const auto& member : node) {
    if (is_merge_key(member.first)) {
      add_merged(member.second, members);
      continue;
    }
    // Never assign a YAML::Node: that writes into the tree.
    const std::string key = key_of(member.first);
    own.erase(key);
    own.emplace(key, member.second);
  }
  own.merge(members);
  return own;
}

/// Of several bases the first wins.
void add_merged(const YAML::Node& bases, Members& members) {
  if (bases.IsMap()) members.merge(members_of(bases));
  if (!bases.IsSequence()) return;
  for (const YAML::Node& base : bases)
    if (base.IsMap()) members.merge(members_of(base));
}

/// Where `node` and `expected` differ first; nothing where they do not.
std::optional<Pointer> difference(const YAML::Node& node, const Json& expected, const Pointer& at) {
  if (expected.is_object()) {
    const Members members = node.IsMap() ? members_of(node) : Members();
    if (!node.IsMap() || members.size() != expected.size()) return at;
    for (const auto& [key, value] : expected.items()) {
      const auto member = members.find(key);
      if (member == members.end()) return at / key;
      if (auto inside = difference(member->second, value, at / key)) return inside;
    }
    return std::nullopt;
  }
  if (expected.is_array()) {
    if (!node.IsSequence() || node.size() != expected.size()) return at;
    std::size_t index = 0;
    for (const YAML::Node& item : node) {
      if (auto inside = difference(item, expected[index], at / index)) return inside;
      ++index;
    }
    return std::nullopt;
  }
  if (node.IsMap() || node.IsSequence() || !scalar_agrees(node, expected)) return at;
  return std::nullopt;
}

bool has_lone_cr(std::string_view text) {
  for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1))
    if (at + 1 == text.size() || text[at + 1] != '\n') return true;
  return false;
}

SecondReading read_json(std::string_view text, const Json& expected) {
  const Json read = Json::parse(text, nullptr, false);
  if (read.is_discarded()) return {Verdict::cannot_read, {}};
  return {same_document(read, expected) ? Verdict::agrees : Verdict::differs, {}};
}

}  // namespace

SecondReading read_by_another(std::string_view text, const Json& expected, bool is_json) {
  if (is_json) return read_json(text, expected);
  if (has_lone_cr(text)) return {Verdict::cannot_read, {}};
  try {
    std::vector<YAML::Node> documents;
    for (const YAML::Node& node : YAML::LoadAll(std::string(text)))
      if (node.IsDefined() && !node.IsNull()) documents.push_back(node);  // others are empty
    if (documents.size() != 1) return {Verdict::differs, {}};
    const std::optional<Pointer> where = difference(documents.front(), expected, {});
    return where ? SecondReading{Verdict::differs, where->text()} : SecondReading{};
  } catch (const YAML::Exception&) {
    return {Verdict::cannot_read, {}};
  }
}

}  // namespace dotdiag
