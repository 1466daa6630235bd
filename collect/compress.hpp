// Packs a stream on its way out. zstd and gzip put a checksum of everything behind it: whoever unpacks it notices a cut
// or damaged file.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace dotdiag::collect {

/// gzip is slower and packs less, and is on every machine.
enum class Packing { none, zstd, gzip };

class Compressor {
 public:
  using Sink = std::function<void(std::string_view)>;

  virtual ~Compressor() = default;
  virtual void write(std::string_view bytes) = 0;
  /// Writes the rest, and the end with its checksum.
  virtual void finish() = 0;
};

/// Everything goes to `sink`, unpacked where that is wished.
std::unique_ptr<Compressor> make_compressor(Packing packing, Compressor::Sink sink);

// One for each file compress_*.cpp.
std::unique_ptr<Compressor> make_zstd(Compressor::Sink sink);
std::unique_ptr<Compressor> make_gzip(Compressor::Sink sink);

/// What a word of --compress means for this output: `auto` goes by the file's ending, and packs standard output.
Packing packing_for(std::string_view word, std::string_view path);

/// The command that unpacks it.
std::string_view unpacking_command(Packing packing);

}  // namespace dotdiag::collect
