// Random JSON values for property tests, full of what is awkward to write down.
#pragma once

#include "core/document/json.hpp"

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace dotdiag {

/// The same seed makes the same values.
class RandomValues {
 public:
  explicit RandomValues(unsigned seed) : random_(seed) {}

  /// A number from 0 to `limit` - 1.
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }
  bool chance(std::size_t percent) { return below(100) < percent; }

  template <typename List>
  const auto& pick(const List& list) {
    return list[below(std::size(list))];
  }

  /// A random object, as deep as `depth`.
  Json object(std::size_t depth = 4) {
    Json result = Json::object();
    for (std::size_t count = 1 + below(5); count > 0; --count)
      result[std::string(pick(keys))] = value(depth - 1);
    return result;
  }

  Json value(std::size_t depth) {
    const std::size_t kind = below(depth == 0 ? 60 : 100);
    if (kind < 35) return std::string(pick(strings));
    if (kind < 40) return nullptr;
    if (kind < 45) return chance(50);
    if (kind < 52) return below(5000);
    if (kind < 56) return Json::object();
    if (kind < 60) return Json::array();
    if (kind < 80) return object(depth);
    Json list = Json::array();
    for (std::size_t count = 1 + below(4); count > 0; --count)
      list.push_back(value(depth - 1));
    return list;
  }

 private:
  static constexpr std::array<std::string_view, 22> keys = {"a",
                                                            "name",
                                                            "value",
                                                            "env",
                                                            "spec",
                                                            "template",
                                                            "containers",
                                                            "image",
                                                            "kind",
                                                            "emptyDir",
                                                            "example.com/a",
                                                            "on",
                                                            "1",
                                                            "with space",
                                                            "it's",
                                                            "x: y",
                                                            "# no comment",
                                                            "",
                                                            "say \"hi\"",
                                                            "~",
                                                            "- dash",
                                                            "longer-than-usual-name"};
  static constexpr std::array<std::string_view, 26> strings = {"x",
                                                               "app",
                                                               "/tmp",
                                                               "500Mi",
                                                               "1",
                                                               "true",
                                                               "no",
                                                               "",
                                                               " lead",
                                                               "trail ",
                                                               "a # b",
                                                               "#",
                                                               "a: b",
                                                               "it's",
                                                               "say \"hi\"",
                                                               "one two three",
                                                               "one two\n",
                                                               "first\nsecond\n",
                                                               "first\n\nthird",
                                                               "end\n\n\n",
                                                               "  indented\nless\n",
                                                               "\xC3\xA9\xE2\x82\xAC",
                                                               "[x, {y}]",
                                                               "back\\slash",
                                                               "- # : ,",
                                                               "tab\there"};

  std::mt19937 random_;
};

}  // namespace dotdiag
