// Compressed output, unpacked by the zstd library's own decoder, whole and cut.
#include "collect/compress.hpp"

#include <catch2/catch.hpp>

#include <zstd.h>

#include <random>
#include <string>

using namespace dotdiag::collect;

namespace {

std::string compressed(const std::string& bytes, std::size_t piece) {
  std::string out;
  Compressor compressor([&](std::string_view part) { out += part; });
  for (std::size_t at = 0; at < bytes.size(); at += piece)
    compressor.write(std::string_view(bytes).substr(at, piece));
  compressor.finish();
  return out;
}

/// What comes out, and whether the frame was whole.
std::pair<std::string, bool> unpacked(const std::string& bytes) {
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

std::string random_bytes(std::size_t size) {
  std::mt19937 random(1);
  std::string bytes(size, '\0');
  for (char& byte : bytes)
    byte = static_cast<char>(random());
  return bytes;
}

}  // namespace

TEST_CASE("what is compressed comes back, in pieces of any size") {
  const std::string bytes = random_bytes(1'000'000);
  for (const std::size_t piece : {1'000, 70'000, 1'000'000})
    CHECK(unpacked(compressed(bytes, piece)) == std::pair(bytes, true));
  CHECK(unpacked(compressed("", 1)) == std::pair(std::string(), true));
}

TEST_CASE("a cut or damaged frame is noticed") {
  std::string bytes = compressed(random_bytes(100'000), 100'000);
  CHECK_FALSE(unpacked(bytes.substr(0, bytes.size() - 1)).second);
  bytes[bytes.size() / 2] =
      static_cast<char>(bytes[bytes.size() / 2] ^ 1);  // random bytes stand in the frame as they are
  CHECK_FALSE(unpacked(bytes).second);
}
