#include "core/diagnostics/dump/elf_core.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"

#include <algorithm>

namespace dotdiag::diagnostics {
namespace {

constexpr std::size_t elf_header_size = 64, program_header_size = 56;
/// So many program headers or more are counted in the first section header (PN_XNUM in elf(5)).
constexpr std::uint32_t count_elsewhere = 0xFFFF;
constexpr std::size_t offset_of_count = 44;
/// Room for the headers of 200 000 mappings.
constexpr std::size_t most_headers = 200'000;
constexpr std::uint16_t core_type = 4;

/// Where the last segment ends.
std::uint64_t needed_size(std::string_view head) {
  ByteReader reader(head);
  if (reader.take(4) !=
      "\x7F"
      "ELF")
    reader.fail("it does not begin with ELF's mark");
  reader.take(12);
  if (reader.u16() != core_type) reader.fail("it is an ELF file, but not a dump");
  reader.take(2 + 4 + 8);
  const std::uint64_t headers = reader.u64(), sections = reader.u64();
  reader.take(4 + 2 + 2);
  std::uint32_t count = reader.u16();
  if (count == count_elsewhere && sections < head.size()) {
    ByteReader section(head.substr(sections), sections);
    section.take(offset_of_count);
    count = section.u32();
  }
  if (count > most_headers || headers > head.size()) reader.fail("its program headers are not at its begin");
  ByteReader segments(head.substr(headers), headers);
  std::uint64_t end = 0;
  for (; count > 0; --count) {
    segments.take(8);
    const std::uint64_t offset = segments.u64();
    segments.take(16);
    end = std::max(end, offset + segments.u64());
    segments.take(16);
  }
  return end;
}

}  // namespace

void ElfCore::feed(std::string_view bytes) {
  constexpr std::size_t most = elf_header_size + most_headers * program_header_size;
  if (head_.size() < most) head_.append(bytes.substr(0, most - head_.size()));
  size_ += bytes.size();
}

std::string ElfCore::problem() const {
  try {
    const std::uint64_t needed = needed_size(head_);
    if (needed == size_) return {};
    return "it has " + std::to_string(size_) + " bytes, its headers want " + std::to_string(needed);
  } catch (const Failure& failure) {
    return failure.what();
  }
}

}  // namespace dotdiag::diagnostics
