#include "core/diagnostics/hresult.hpp"

#include <array>
#include <cstdio>

namespace dotdiag::diagnostics {
namespace {

struct Meaning {
  std::uint32_t code;
  const char* words;
};

constexpr std::array meanings = {
    Meaning{hresult_bad_encoding, "the runtime could not read the request"},
    Meaning{hresult_unknown_command, "this version of the runtime does not know the command"},
    Meaning{0x80131386, "the runtime did not recognise the protocol"},
    Meaning{hresult_fail, "the runtime says that it failed, and not why"},
    Meaning{0x80131515, "this kind of application does not support it"},
    Meaning{0x8013135B, "the runtime has not started far enough yet"},
    Meaning{0x80131371, "the runtime is not initialized yet"},
    Meaning{0x80070057, "the runtime calls an argument invalid"},
    Meaning{0x8007007A, "a buffer of the runtime is too small"},
    Meaning{0x800000CB, "there is no such environment variable"},
};

}  // namespace

std::string describe_hresult(std::uint32_t hresult) {
  std::array<char, 16> code{};
  std::snprintf(code.data(), code.size(), " (0x%08X)", static_cast<unsigned>(hresult));
  for (const Meaning& meaning : meanings)
    if (meaning.code == hresult) return meaning.words + std::string(code.data());
  return "the runtime answered with an error" + std::string(code.data());
}

}  // namespace dotdiag::diagnostics
