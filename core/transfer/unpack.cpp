#include "core/transfer/unpack.hpp"

#include <zstd.h>

#include <utility>
#include <vector>

namespace dotdiag::transfer {

struct Unpacker::State {
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(), ZSTD_freeDCtx};
  std::vector<char> out = std::vector<char>(ZSTD_DStreamOutSize());
  bool is_at_end = false;
};

Unpacker::Unpacker(Sink sink) : state_(std::make_unique<State>()), sink_(std::move(sink)) {}

Unpacker::~Unpacker() = default;

bool Unpacker::feed(std::string_view bytes) {
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  // What is still held back comes out once the output was not filled to its end.
  for (bool is_full = true; problem_.empty() && (in.pos < in.size || (is_full && !bytes.empty()));) {
    ZSTD_outBuffer out{state_->out.data(), state_->out.size(), 0};
    const std::size_t left = ZSTD_decompressStream(state_->context.get(), &out, &in);
    if (ZSTD_isError(left)) {
      problem_ = std::string("it cannot be unpacked: ") + ZSTD_getErrorName(left);
      break;
    }
    state_->is_at_end = left == 0;
    is_full = out.pos == out.size && !state_->is_at_end;
    if (out.pos > 0) sink_({state_->out.data(), out.pos});
  }
  return problem_.empty();
}

std::string Unpacker::problem() const {
  if (!problem_.empty() || state_->is_at_end) return problem_;
  return "what was packed ends too early";
}

}  // namespace dotdiag::transfer
