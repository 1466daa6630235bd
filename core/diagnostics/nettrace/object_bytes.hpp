// One object of a .nettrace stream, found by its frame: tags around a type's name and a size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

/// The runtime's blocks have 100 kB; one of this size is a mistake or an attack.
inline constexpr std::uint64_t largest_block = 100u << 20;

/// The next object, once all of it is there.
struct ObjectBytes {
  std::string name;
  std::string_view content;
  std::uint64_t offset = 0;  ///< of the content in the stream
  std::size_t needed = 0;    ///< bytes to wait for; the rest is valid where this is 0
  std::size_t size = 0;      ///< from tag to tag
};

/// The object that begins `bytes`, which stand at `base` in the stream. Asks for more bytes where it needs them; throws
/// a malformed Failure.
ObjectBytes next_object(std::string_view bytes, std::uint64_t base);

}  // namespace dotdiag::diagnostics
