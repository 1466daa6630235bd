#include "core/diagnostics/heap/type_name.hpp"

#include <array>
#include <cstdio>
#include <vector>

namespace dotdiag::diagnostics {
namespace {

bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

/// True where the bracket at `at` opens an array's rank, not a list of type arguments: `[]`, `[,]`, `[*]`.
bool opens_rank(std::string_view name, std::size_t at) {
  const std::size_t inside = name.find_first_not_of(",*", at + 1);
  return inside != std::string_view::npos && name[inside] == ']';
}

}  // namespace

std::string unnamed_type(std::uint64_t id) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "?0x%llx", static_cast<unsigned long long>(id));
  return text.data();
}

std::string shown_type_name(std::string_view name) {
  std::string shown;
  std::vector<bool> open_ranks;  // for each open bracket: whether it opened an array's rank
  for (std::size_t at = 0; at < name.size(); ++at) {
    const char character = name[at];
    if (character == '`') {
      while (at + 1 < name.size() && is_digit(name[at + 1]))
        ++at;
    } else if (character == '[') {
      open_ranks.push_back(opens_rank(name, at));
      shown += open_ranks.back() ? '[' : '<';
    } else if (character == ']' && !open_ranks.empty()) {
      shown += open_ranks.back() ? ']' : '>';
      open_ranks.pop_back();
    } else {
      shown += character;
    }
  }
  return shown;
}

std::string size_class(std::uint64_t bytes) {
  struct Class {
    std::uint64_t above;
    const char* words;
  };
  constexpr std::array classes = {Class{1'000'000'000, " (Bytes > 1G)"}, Class{100'000'000, " (Bytes > 100M)"},
                                  Class{10'000'000, " (Bytes > 10M)"},   Class{1'000'000, " (Bytes > 1M)"},
                                  Class{100'000, " (Bytes > 100K)"},     Class{10'000, " (Bytes > 10K)"},
                                  Class{1'000, " (Bytes > 1K)"}};
  for (const Class& each : classes)
    if (bytes > each.above) return each.words;
  return {};
}

}  // namespace dotdiag::diagnostics
