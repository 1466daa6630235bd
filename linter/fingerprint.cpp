#include "linter/fingerprint.hpp"

#include <string_view>

namespace dotdiag {
namespace {

/// FNV-1a: the same on every machine and in every version, as what services remember must be.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

std::string hexadecimal(std::uint64_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4)
    text += digits[value >> shift & 15];
  return text;
}

/// A character that no name holds, so that `a` + `bc` is not `ab` + `c`.
constexpr char between = '\n';

}  // namespace

std::string identity_of(const Finding& finding) {
  if (finding.kind.empty()) return finding.rule + between + finding.message;
  return finding.rule + between + finding.kind + between + finding.name_space + between + finding.name + between +
         finding.container;
}

std::string Fingerprints::of(const std::string& file, const Finding& finding) {
  const std::string identity = file + between + identity_of(finding);
  const std::size_t before = seen_[identity]++;
  return hexadecimal(hash_of(before == 0 ? identity : identity + between + std::to_string(before)));
}

}  // namespace dotdiag
