// A small dump as createdump lays it out: ELF header, program headers, segments.
#pragma once

#include "core/diagnostics/bytes.hpp"

#include <string>
#include <vector>

namespace dotdiag::test {

/// With one segment of each of the sizes.
inline std::string core_file(const std::vector<std::size_t>& segments) {
  diagnostics::ByteWriter file;
  const auto count = static_cast<std::uint16_t>(segments.size());
  file.raw(
          "\x7F"
          "ELF")
      .raw(std::string(12, '\2'))
      .u16(4)
      .u16(62)
      .u32(1)
      .u64(0)
      .u64(64)
      .u64(0)
      .u32(0)
      .u16(64)
      .u16(56)
      .u16(count)
      .u16(0)
      .u16(0)
      .u16(0);
  std::uint64_t offset = 64 + 56 * segments.size();
  for (const std::size_t size : segments) {
    file.u32(1).u32(4).u64(offset).u64(0).u64(0).u64(size).u64(size).u64(1);
    offset += size;
  }
  for (const std::size_t size : segments)
    file.raw(std::string(size, 'm'));
  return file.take();
}

}  // namespace dotdiag::test
