// Where libFuzzer enters every target.
#include "fuzz/property.hpp"

// Clang's runtime declares it in no header.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view nothing = "";
  dotdiag::fuzz::check(size == 0 ? nothing : std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
