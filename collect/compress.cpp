#include "collect/compress.hpp"

#include <utility>

namespace dotdiag::collect {
namespace {

class PassingOn : public Compressor {
 public:
  explicit PassingOn(Sink sink) : sink_(std::move(sink)) {}
  void write(std::string_view bytes) override { sink_(bytes); }
  void finish() override {}

 private:
  Sink sink_;
};

}  // namespace

std::unique_ptr<Compressor> make_compressor(Packing packing, Compressor::Sink sink) {
  if (packing == Packing::zstd) return make_zstd(std::move(sink));
  if (packing == Packing::gzip) return make_gzip(std::move(sink));
  return std::make_unique<PassingOn>(std::move(sink));
}

Packing packing_for(std::string_view word, std::string_view path) {
  if (word == "zstd") return Packing::zstd;
  if (word == "gzip") return Packing::gzip;
  if (word == "none") return Packing::none;
  if (path.ends_with(".gz")) return Packing::gzip;
  return path == "-" || path.ends_with(".zst") ? Packing::zstd : Packing::none;
}

std::string_view unpacking_command(Packing packing) {
  return packing == Packing::gzip ? "gzip -d" : "zstd -d";
}

}  // namespace dotdiag::collect
