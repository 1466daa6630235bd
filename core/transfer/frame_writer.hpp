// Writes the answer of a command as frame.hpp says.
#pragma once

#include "core/transfer/frame.hpp"
#include "core/transfer/sha256.hpp"

#include <functional>
#include <string_view>

namespace dotdiag::transfer {

class FrameWriter {
 public:
  using Sink = std::function<void(std::string_view)>;

  /// Writes the opening.
  explicit FrameWriter(Sink sink);

  /// Everything but the end; data is counted and summed.
  void write(FrameKind kind, std::string_view bytes);
  void finish(int exit_code);

 private:
  void write_frame(FrameKind kind, std::string_view bytes);

  Sink sink_;
  Sha256 sum_;
  std::uint64_t data_ = 0;
};

}  // namespace dotdiag::transfer
