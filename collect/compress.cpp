#include "collect/compress.hpp"

#include "core/diagnostics/failure.hpp"

#include <zstd.h>

#include <string>
#include <vector>

namespace dotdiag::collect {
namespace {

/// The quickest: a process stands still while its dump is compressed.
constexpr int level = 1;

void check(std::size_t code) {
  if (ZSTD_isError(code))
    throw diagnostics::Failure(diagnostics::FailureKind::unsuitable,
                               std::string("cannot compress: ") + ZSTD_getErrorName(code));
}

}  // namespace

struct Compressor::Stream {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  std::vector<char> out = std::vector<char>(ZSTD_CStreamOutSize());
  ~Stream() { ZSTD_freeCCtx(context); }
};

Compressor::Compressor(Sink sink) : sink_(std::move(sink)), stream_(std::make_unique<Stream>()) {
  check(ZSTD_CCtx_setParameter(stream_->context, ZSTD_c_compressionLevel, level));
  check(ZSTD_CCtx_setParameter(stream_->context, ZSTD_c_checksumFlag, 1));
}

Compressor::~Compressor() = default;

void Compressor::write(std::string_view bytes) {
  pass(bytes, false);
}

void Compressor::finish() {
  pass({}, true);
}

void Compressor::pass(std::string_view bytes, bool is_last) {
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  for (std::size_t left = 1; left > 0;) {
    ZSTD_outBuffer out{stream_->out.data(), stream_->out.size(), 0};
    left = ZSTD_compressStream2(stream_->context, &out, &in, is_last ? ZSTD_e_end : ZSTD_e_continue);
    check(left);
    sink_({stream_->out.data(), out.pos});
    // While more may follow it is enough that all was taken in.
    if (!is_last && in.pos == in.size) return;
  }
}

}  // namespace dotdiag::collect
