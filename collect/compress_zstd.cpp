#include "collect/compress.hpp"
#include "core/diagnostics/failure.hpp"

#include <zstd.h>

#include <utility>
#include <vector>

namespace dotdiag::collect {
namespace {

/// The quickest: a process stands still while its dump is compressed.
constexpr int zstd_level = 1;

void check(std::size_t code) {
  if (ZSTD_isError(code))
    throw diagnostics::Failure(diagnostics::FailureKind::unsuitable,
                               std::string("cannot compress: ") + ZSTD_getErrorName(code));
}

class Zstd : public Compressor {
 public:
  explicit Zstd(Sink sink) : sink_(std::move(sink)), out_(ZSTD_CStreamOutSize()) {
    check(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, zstd_level));
    check(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1));
  }

  void write(std::string_view bytes) override { pass(bytes, false); }
  void finish() override { pass({}, true); }

 private:
  void pass(std::string_view bytes, bool is_last) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    for (std::size_t left = 1; left > 0;) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      left = ZSTD_compressStream2(context_.get(), &out, &in, is_last ? ZSTD_e_end : ZSTD_e_continue);
      check(left);
      sink_({out_.data(), out.pos});
      // While more may follow it is enough that all was taken in.
      if (!is_last && in.pos == in.size) return;
    }
  }

  Sink sink_;
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context_{ZSTD_createCCtx(), ZSTD_freeCCtx};
  std::vector<char> out_;
};

}  // namespace

std::unique_ptr<Compressor> make_zstd(Compressor::Sink sink) {
  return std::make_unique<Zstd>(std::move(sink));
}

}  // namespace dotdiag::collect
