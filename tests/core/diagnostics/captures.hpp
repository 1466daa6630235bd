// The recorded answers and streams of real runtimes in testdata/diagnostics.
#pragma once

#include "core/diagnostics/nettrace/nettrace_reader.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace dotdiag::test {

inline std::string capture_path(std::string_view name) {
  return source_path("testdata/diagnostics/" + std::string(name));
}

/// The bytes of a capture, unpacked where it is kept packed.
inline std::string capture(std::string_view name) {
  const std::string path = capture_path(name);
  if (std::filesystem::exists(path + ".gz")) return run_process({"gzip", "-dc", path + ".gz"}).out;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " is missing");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Reads `bytes` as a stream that arrives in pieces of `piece` bytes.
inline diagnostics::NettraceReader read_stream(std::string_view bytes, diagnostics::TraceHandler& handler,
                                               std::size_t piece = 100'000) {
  diagnostics::NettraceReader reader(handler);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
    reader.feed(bytes.substr(0, piece));
  return reader;
}

}  // namespace dotdiag::test
