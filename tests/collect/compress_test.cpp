// Compressed output, unpacked by the libraries' own decoders, whole and cut.
#include "collect/compress.hpp"

#include <catch2/catch.hpp>

#include <zlib.h>
#include <zstd.h>

#include <random>
#include <string>

using namespace dotdiag::collect;

namespace {

std::string compressed(Packing packing, const std::string& bytes, std::size_t piece) {
  std::string out;
  const auto compressor = make_compressor(packing, [&](std::string_view part) { out += part; });
  for (std::size_t at = 0; at < bytes.size(); at += piece)
    compressor->write(std::string_view(bytes).substr(at, piece));
  compressor->finish();
  return out;
}

/// What comes out, and whether the frame was whole.
std::pair<std::string, bool> unpacked_gzip(std::string bytes) {
  z_stream stream{};
  ::inflateInit2(&stream, 15 + 16);
  std::string all(2'000'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(all.data());
  stream.avail_out = static_cast<uInt>(all.size());
  const int code = ::inflate(&stream, Z_FINISH);
  all.resize(stream.total_out);
  ::inflateEnd(&stream);
  return {all, code == Z_STREAM_END};
}

std::pair<std::string, bool> unpacked_zstd(const std::string& bytes) {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::string all, part(1 << 17, '\0');
  std::size_t left = 1;
  while (left > 0 && !ZSTD_isError(left)) {
    ZSTD_outBuffer out{part.data(), part.size(), 0};
    const std::size_t before = in.pos;
    left = ZSTD_decompressStream(context, &out, &in);
    all.append(part, 0, out.pos);
    if (out.pos == 0 && in.pos == before) break;
  }
  ZSTD_freeDCtx(context);
  return {all, left == 0};
}

std::pair<std::string, bool> unpacked(Packing packing, const std::string& bytes) {
  return packing == Packing::gzip ? unpacked_gzip(bytes) : unpacked_zstd(bytes);
}

std::string random_bytes(std::size_t size) {
  std::mt19937 random(1);
  std::string bytes(size, '\0');
  for (char& byte : bytes)
    byte = static_cast<char>(random());
  return bytes;
}

}  // namespace

TEST_CASE("what is compressed comes back, in pieces of any size") {
  const auto packing = GENERATE(Packing::zstd, Packing::gzip);
  const std::string bytes = random_bytes(1'000'000);
  for (const std::size_t piece : {1'000, 70'000, 1'000'000})
    CHECK(unpacked(packing, compressed(packing, bytes, piece)) == std::pair(bytes, true));
  CHECK(unpacked(packing, compressed(packing, "", 1)) == std::pair(std::string(), true));
}

TEST_CASE("a cut or damaged frame is noticed") {
  const auto packing = GENERATE(Packing::zstd, Packing::gzip);
  std::string bytes = compressed(packing, random_bytes(100'000), 100'000);
  CHECK_FALSE(unpacked(packing, bytes.substr(0, bytes.size() - 1)).second);
  bytes[bytes.size() / 2] =
      static_cast<char>(bytes[bytes.size() / 2] ^ 1);  // random bytes stand in the frame as they are
  CHECK_FALSE(unpacked(packing, bytes).second);
}

TEST_CASE("nothing is packed where that is wished, or where the name of the file does not ask for it") {
  CHECK(compressed(Packing::none, "bytes", 2) == "bytes");
  CHECK(packing_for("auto", "app.dmp") == Packing::none);
  CHECK(packing_for("auto", "app.dmp.gz") == Packing::gzip);
  CHECK(packing_for("auto", "app.dmp.zst") == Packing::zstd);
  CHECK(packing_for("auto", "-") == Packing::zstd);
  CHECK(packing_for("gzip", "-") == Packing::gzip);
  CHECK(packing_for("none", "app.dmp.zst") == Packing::none);
}
