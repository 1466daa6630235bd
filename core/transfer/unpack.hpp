// Unpacks a stream of zstd on its way to the disk. Behind such a frame stands a checksum of what was packed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace dotdiag::transfer {

class Unpacker {
 public:
  using Sink = std::function<void(std::string_view)>;

  explicit Unpacker(Sink sink);
  ~Unpacker();
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  /// False where this cannot be unpacked: problem() says why, and nothing more comes out.
  bool feed(std::string_view bytes);

  /// Empty where the frame was whole and its checksum that of what came out.
  std::string problem() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  Sink sink_;
  std::string problem_;
};

}  // namespace dotdiag::transfer
